<?php
/**
 * The settings page: Settings, Nutgraf.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Shows and saves the settings, and tests the connection.
 */
class Settings_Page {

	const SLUG = 'nutgraf';

	/**
	 * Registers the hooks.
	 */
	public static function register() {
		add_action( 'admin_menu', array( self::class, 'add' ) );
		// Also outside of the admin pages, so that the key is always encrypted before it is stored.
		add_action( 'init', array( self::class, 'register_setting' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
		add_action( 'update_option_' . Settings::OPTION, array( self::class, 'delete_cached_profiles' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( FILE ), array( self::class, 'add_settings_link' ) );
	}

	/**
	 * Adds the page to the menu.
	 */
	public static function add() {
		add_options_page( __( 'Nutgraf', 'nutgraf' ), __( 'Nutgraf', 'nutgraf' ), 'manage_options', self::SLUG, array( self::class, 'show' ) );
	}

	/**
	 * Registers the setting, so that WordPress checks the nonce and the rights, and saves the form.
	 */
	public static function register_setting() {
		register_setting( self::SLUG, Settings::OPTION, array( 'sanitize_callback' => array( Settings::class, 'parse' ) ) );
	}

	/**
	 * Deletes the cached profiles, because the service may be another one now.
	 */
	public static function delete_cached_profiles() {
		delete_transient( 'nutgraf_profiles' );
	}

	/**
	 * The address of the page.
	 *
	 * @return string
	 */
	public static function address() {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * Adds a link to this page to the links in the list of plugins.
	 *
	 * @param string[] $links HTML.
	 * @return string[]
	 */
	public static function add_settings_link( $links ) {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( self::address() ), esc_html__( 'Settings', 'nutgraf' ) );
		return array_merge( array( $link ), $links );
	}

	/**
	 * Loads the script and the style of the page.
	 *
	 * @param string $page The page that is shown.
	 */
	public static function enqueue( $page ) {
		if ( 'settings_page_' . self::SLUG === $page ) {
			wp_enqueue_style( 'nutgraf-admin', plugins_url( 'assets/admin.css', FILE ), array(), VERSION );
			wp_enqueue_script( 'nutgraf-settings', plugins_url( 'assets/settings.js', FILE ), array( 'wp-api-fetch', 'wp-i18n', 'wp-a11y' ), VERSION, true );
			wp_set_script_translations( 'nutgraf-settings', 'nutgraf', plugin_dir_path( FILE ) . 'languages' );
		}
	}

	/**
	 * Shows the page.
	 */
	public static function show() {
		$settings = Settings::all();
		?>
		<div class="wrap nutgraf-settings">
			<h1><?php esc_html_e( 'Nutgraf', 'nutgraf' ); ?></h1>
			<p><?php esc_html_e( 'Texts are sent only to your own Nutgraf service. This server sends the requests, so the key never reaches a browser.', 'nutgraf' ); ?></p>
			<?php self::show_failure(); ?>
			<form action="options.php" method="post">
				<?php settings_fields( self::SLUG ); ?>
				<table class="form-table" role="presentation">
					<?php
					self::row( 'address', __( 'Address', 'nutgraf' ), self::input( 'address', 'url', $settings['address'], 'placeholder="http://127.0.0.1:8000" class="regular-text code"' ), __( 'The address of your Nutgraf service.', 'nutgraf' ) );
					self::row( 'key', __( 'Key', 'nutgraf' ), self::key_field(), self::key_hint() );
					self::row( 'profile', __( 'Length of an excerpt', 'nutgraf' ), self::profile_field( $settings['profile'] ), __( 'A profile of the service: push, seo, brief, print, broadcast, or your own.', 'nutgraf' ) );
					self::row( 'headline_characters', __( 'Slot for a headline', 'nutgraf' ), self::number( 'headline_characters', $settings, Settings::MIN_CHARACTERS, Settings::MAX_CHARACTERS ), __( 'Maximum number of characters, including spaces.', 'nutgraf' ) );
					self::row( 'timeout', __( 'Timeout', 'nutgraf' ), self::number( 'timeout', $settings, 1, Settings::MAX_TIMEOUT ), __( 'Seconds to wait for an answer. Saving a post never waits.', 'nutgraf' ) );
					self::row( 'on_publish', __( 'When a post is published', 'nutgraf' ), self::checkbox( 'on_publish', __( 'Fill the excerpts of posts that have none, in the background', 'nutgraf' ), $settings['on_publish'] ), '' );
					?>
				</table>
				<p class="submit nutgraf-buttons">
					<?php submit_button( '', 'primary', 'submit', false ); ?>
					<button type="button" class="button" id="nutgraf-test"><?php esc_html_e( 'Test connection', 'nutgraf' ); ?></button>
					<span id="nutgraf-test-result" role="status"></span>
				</p>
			</form>
		</div>
		<?php
	}

	/**
	 * Shows why the last attempt in the background failed, if it failed.
	 */
	private static function show_failure() {
		$failure = get_option( Publishing::FAILURE );
		if ( is_array( $failure ) && isset( $failure['post'], $failure['reason'], $failure['at'] ) ) {
			/* translators: 1: title of a post, 2: date and time, 3: a sentence that says why. */
			$text = sprintf( __( 'No excerpt could be made for “%1$s” on %2$s: %3$s', 'nutgraf' ), get_the_title( $failure['post'] ), wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $failure['at'] ), $failure['reason'] );
			printf( '<div class="notice notice-warning inline"><p>%s</p></div>', esc_html( $text ) );
		}
	}

	/**
	 * Shows a row of the form.
	 *
	 * @param string $name  The setting.
	 * @param string $label The label.
	 * @param string $field Escaped HTML.
	 * @param string $hint  A sentence, or ''.
	 */
	private static function row( $name, $label, $field, $hint ) {
		printf( '<tr><th scope="row"><label for="nutgraf-%s">%s</label></th><td>', esc_attr( $name ), esc_html( $label ) );
		echo $field; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- The methods below escape.
		printf( '' === $hint ? '%s</td></tr>' : '<p class="description">%s</p></td></tr>', esc_html( $hint ) );
	}

	/**
	 * An input.
	 *
	 * @param string     $name  The setting.
	 * @param string     $type  The type in HTML.
	 * @param string|int $value Its value.
	 * @param string     $more  Further attributes, escaped.
	 * @return string
	 */
	private static function input( $name, $type, $value, $more ) {
		return sprintf( '<input type="%s" id="nutgraf-%2$s" name="%3$s[%2$s]" value="%4$s" %5$s>', esc_attr( $type ), esc_attr( $name ), esc_attr( Settings::OPTION ), esc_attr( $value ), $more );
	}

	/**
	 * An input for a whole number.
	 *
	 * @param string $name     The setting.
	 * @param array  $settings All settings.
	 * @param int    $min      The smallest allowed number.
	 * @param int    $max      The largest allowed number.
	 * @return string
	 */
	private static function number( $name, $settings, $min, $max ) {
		return self::input( $name, 'number', $settings[ $name ], sprintf( 'class="small-text" min="%d" max="%d"', $min, $max ) );
	}

	/**
	 * A checkbox with its label.
	 *
	 * @param string $name  The setting.
	 * @param string $label The label.
	 * @param bool   $is_on Whether it is checked.
	 * @return string
	 */
	private static function checkbox( $name, $label, $is_on ) {
		return sprintf( '<label>%s %s</label>', self::input( $name, 'checkbox', '1', checked( $is_on, true, false ) ), esc_html( $label ) );
	}

	/**
	 * The field of the key. It never contains the stored key.
	 *
	 * @return string
	 */
	private static function key_field() {
		if ( Settings::key_is_constant() ) {
			return sprintf( '<input type="text" id="nutgraf-key" class="regular-text" disabled value="%s">', esc_attr__( 'Taken from wp-config.php', 'nutgraf' ) );
		}
		$is_stored = '' !== Settings::get( 'key' );
		$field     = self::input( 'key', 'password', '', sprintf( 'class="regular-text code" autocomplete="new-password" placeholder="%s"', $is_stored ? esc_attr__( 'Stored. Leave empty to keep it.', 'nutgraf' ) : '' ) );
		return $is_stored ? $field . '<p>' . self::checkbox( 'forget_key', __( 'Delete the stored key', 'nutgraf' ), false ) . '</p>' : $field;
	}

	/**
	 * The hint below the field of the key.
	 *
	 * @return string
	 */
	private static function key_hint() {
		if ( Settings::key_is_constant() ) {
			return __( 'wp-config.php defines NUTGRAF_KEY. It is used instead of a stored key.', 'nutgraf' );
		}
		if ( Settings::key_is_unreadable() ) {
			return __( 'The stored key cannot be read, because the salts in wp-config.php have changed. Enter it again.', 'nutgraf' );
		}
		return __( 'Stored encrypted. You can also define NUTGRAF_KEY in wp-config.php. Leave this empty if your service needs no key.', 'nutgraf' );
	}

	/**
	 * The field of the profile. It suggests the profiles of the service if they are cached.
	 *
	 * @param string $chosen The name of the profile.
	 * @return string
	 */
	private static function profile_field( $chosen ) {
		$profiles = get_transient( 'nutgraf_profiles' );
		$options  = '';
		foreach ( is_array( $profiles ) ? wp_list_pluck( $profiles, 'name' ) : array() as $name ) {
			$options .= sprintf( '<option value="%s">', esc_attr( $name ) );
		}
		return self::input( 'profile', 'text', $chosen, 'class="regular-text" list="nutgraf-profiles"' ) . '<datalist id="nutgraf-profiles">' . $options . '</datalist>';
	}
}
