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
	 * Hooks in.
	 */
	public static function register() {
		add_action( 'admin_menu', array( self::class, 'add' ) );
		// Not in the admin's pages alone: whatever saves the option, the key is sealed.
		add_action( 'init', array( self::class, 'register_setting' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
		add_action( 'update_option_' . Settings::OPTION, array( self::class, 'changed' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( FILE ), array( self::class, 'linked' ) );
	}

	/**
	 * Adds the page to the menu.
	 */
	public static function add() {
		add_options_page( __( 'Nutgraf', 'nutgraf' ), __( 'Nutgraf', 'nutgraf' ), 'manage_options', self::SLUG, array( self::class, 'show' ) );
	}

	/**
	 * Has WordPress save the form: it checks the nonce and who may.
	 */
	public static function register_setting() {
		register_setting( self::SLUG, Settings::OPTION, array( 'sanitize_callback' => array( Settings::class, 'parse' ) ) );
	}

	/**
	 * Forgets what another service said.
	 */
	public static function changed() {
		delete_transient( 'nutgraf_profiles' );
	}

	/**
	 * The page's address.
	 *
	 * @return string
	 */
	public static function address() {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * The links of the plugin in the list of plugins, with one to this page.
	 *
	 * @param string[] $links HTML.
	 * @return string[]
	 */
	public static function linked( $links ) {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( self::address() ), esc_html__( 'Settings', 'nutgraf' ) );
		return array_merge( array( $link ), $links );
	}

	/**
	 * Loads the page's script and style.
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
			<p><?php esc_html_e( 'Texts go to your own Nutgraf service and nowhere else. Requests leave from this server; the key never reaches a browser.', 'nutgraf' ); ?></p>
			<?php self::show_failure(); ?>
			<form action="options.php" method="post">
				<?php settings_fields( self::SLUG ); ?>
				<table class="form-table" role="presentation">
					<?php
					self::row( 'address', __( 'Address', 'nutgraf' ), self::input( 'address', 'url', $settings['address'], 'placeholder="http://127.0.0.1:8000" class="regular-text code"' ), __( 'Where your Nutgraf listens.', 'nutgraf' ) );
					self::row( 'key', __( 'Key', 'nutgraf' ), self::key_field(), self::key_hint() );
					self::row( 'profile', __( 'Length of an excerpt', 'nutgraf' ), self::profile_field( $settings['profile'] ), __( 'A profile of the service: push, seo, brief, print, broadcast, or your own.', 'nutgraf' ) );
					self::row( 'headline_characters', __( 'Slot for a headline', 'nutgraf' ), self::number( 'headline_characters', $settings, Settings::LEAST_CHARACTERS, Settings::MOST_CHARACTERS ), __( 'Characters, spaces included.', 'nutgraf' ) );
					self::row( 'timeout', __( 'Timeout', 'nutgraf' ), self::number( 'timeout', $settings, 1, Settings::LONGEST_TIMEOUT ), __( 'Seconds to wait for an answer. Saving a post never waits.', 'nutgraf' ) );
					self::row( 'on_publish', __( 'On publishing', 'nutgraf' ), self::checkbox( 'on_publish', __( 'Make the excerpt of posts that have none, in the background', 'nutgraf' ), $settings['on_publish'] ), '' );
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
	 * Says why the last excerpt in the background failed, if it did.
	 */
	private static function show_failure() {
		$failure = get_option( Publishing::FAILURE );
		if ( is_array( $failure ) && isset( $failure['post'], $failure['reason'], $failure['at'] ) ) {
			/* translators: 1: title of a post, 2: date and time, 3: a sentence that says why. */
			$text = sprintf( __( 'No excerpt was made for “%1$s” on %2$s: %3$s', 'nutgraf' ), get_the_title( $failure['post'] ), wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $failure['at'] ), $failure['reason'] );
			printf( '<div class="notice notice-warning inline"><p>%s</p></div>', esc_html( $text ) );
		}
	}

	/**
	 * Shows a row of the form.
	 *
	 * @param string $name  The setting.
	 * @param string $label What it is called.
	 * @param string $field HTML, escaped by what made it.
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
	 * @param string     $type  HTML's.
	 * @param string|int $value Its value.
	 * @param string     $more  Attributes, ready.
	 * @return string
	 */
	private static function input( $name, $type, $value, $more ) {
		return sprintf( '<input type="%s" id="nutgraf-%2$s" name="%3$s[%2$s]" value="%4$s" %5$s>', esc_attr( $type ), esc_attr( $name ), esc_attr( Settings::OPTION ), esc_attr( $value ), $more );
	}

	/**
	 * An input for a whole number.
	 *
	 * @param string $name     The setting.
	 * @param array  $settings All of them.
	 * @param int    $least    From here.
	 * @param int    $most     To here.
	 * @return string
	 */
	private static function number( $name, $settings, $least, $most ) {
		return self::input( $name, 'number', $settings[ $name ], sprintf( 'class="small-text" min="%d" max="%d"', $least, $most ) );
	}

	/**
	 * A checkbox with its label.
	 *
	 * @param string $name  The setting.
	 * @param string $label What it does.
	 * @param bool   $is_on Whether it is checked.
	 * @return string
	 */
	private static function checkbox( $name, $label, $is_on ) {
		return sprintf( '<label>%s %s</label>', self::input( $name, 'checkbox', '1', checked( $is_on, true, false ) ), esc_html( $label ) );
	}

	/**
	 * The field of the key: always empty, whatever is stored.
	 *
	 * @return string
	 */
	private static function key_field() {
		if ( Settings::key_is_constant() ) {
			return sprintf( '<input type="text" id="nutgraf-key" class="regular-text" disabled value="%s">', esc_attr__( 'Taken from wp-config.php', 'nutgraf' ) );
		}
		$has_one = '' !== Settings::get( 'key' );
		$field   = self::input( 'key', 'password', '', sprintf( 'class="regular-text code" autocomplete="new-password" placeholder="%s"', $has_one ? esc_attr__( 'Stored. Leave empty to keep it.', 'nutgraf' ) : '' ) );
		return $has_one ? $field . '<p>' . self::checkbox( 'forget_key', __( 'Forget the key', 'nutgraf' ), false ) . '</p>' : $field;
	}

	/**
	 * What there is to know about the key.
	 *
	 * @return string
	 */
	private static function key_hint() {
		if ( Settings::key_is_constant() ) {
			return __( 'NUTGRAF_KEY is defined there; it goes before a stored key.', 'nutgraf' );
		}
		if ( Settings::key_is_lost() ) {
			return __( 'The stored key can’t be read any more, because the salts in wp-config.php have changed. Enter it again.', 'nutgraf' );
		}
		return __( 'Stored encrypted. Or define NUTGRAF_KEY in wp-config.php. Leave it empty where your Nutgraf wants none.', 'nutgraf' );
	}

	/**
	 * The choice of a profile: a text with the service's names to choose from, where they are known.
	 *
	 * @param string $chosen The profile's name.
	 * @return string
	 */
	private static function profile_field( $chosen ) {
		$known   = get_transient( 'nutgraf_profiles' );
		$options = '';
		foreach ( is_array( $known ) ? wp_list_pluck( $known, 'name' ) : array() as $name ) {
			$options .= sprintf( '<option value="%s">', esc_attr( $name ) );
		}
		return self::input( 'profile', 'text', $chosen, 'class="regular-text" list="nutgraf-profiles"' ) . '<datalist id="nutgraf-profiles">' . $options . '</datalist>';
	}
}
