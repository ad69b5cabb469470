<?php
/**
 * The settings of the plugin.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the settings with their defaults, and parses them when they are saved.
 */
class Settings {

	const OPTION         = 'nutgraf_settings';
	const MAX_TIMEOUT    = 60;
	const MIN_CHARACTERS = 20;
	const MAX_CHARACTERS = 150;

	/**
	 * The default settings.
	 *
	 * @return array
	 */
	public static function defaults() {
		return array(
			'address'             => '',
			'key'                 => '',
			'profile'             => 'brief',
			'timeout'             => 10,
			'headline_characters' => 70,
			'on_publish'          => false,
		);
	}

	/**
	 * The current settings; the key is encrypted.
	 *
	 * @return array
	 */
	public static function all() {
		$saved = get_option( self::OPTION );
		return array_merge( self::defaults(), is_array( $saved ) ? $saved : array() );
	}

	/**
	 * One setting.
	 *
	 * @param string $name A name in defaults().
	 * @return mixed
	 */
	public static function get( $name ) {
		return self::all()[ $name ];
	}

	/**
	 * The key in plain text: NUTGRAF_KEY of wp-config.php, otherwise the stored key; '' if there is no readable key.
	 *
	 * @return string
	 */
	public static function key() {
		if ( self::key_is_constant() ) {
			return (string) NUTGRAF_KEY;
		}
		$sealed = self::get( 'key' );
		return '' === $sealed ? '' : (string) Secret::open( $sealed );
	}

	/**
	 * Whether wp-config.php defines the key.
	 *
	 * @return bool
	 */
	public static function key_is_constant() {
		return defined( 'NUTGRAF_KEY' ) && '' !== (string) NUTGRAF_KEY;
	}

	/**
	 * Whether a key is stored that cannot be decrypted with the present salts.
	 *
	 * @return bool
	 */
	public static function key_is_unreadable() {
		$sealed = self::get( 'key' );
		return ! self::key_is_constant() && '' !== $sealed && null === Secret::open( $sealed );
	}

	/**
	 * The form of the settings page as settings. An invalid address keeps its old value, and a notice says so.
	 *
	 * WordPress calls this twice when the option is saved for the first time, so an encrypted key is not encrypted again.
	 *
	 * @param mixed $form Fields by name; the key in plain text, empty to keep the stored one.
	 * @return array
	 */
	public static function parse( $form ) {
		$form    = is_array( $form ) ? $form : array();
		$old     = self::all();
		$address = self::address( isset( $form['address'] ) ? $form['address'] : '' );
		if ( null === $address ) {
			$address = $old['address'];
			// The option can also be saved outside of the admin pages.
			if ( function_exists( 'add_settings_error' ) ) {
				add_settings_error( self::OPTION, 'address', __( 'The address was not changed: it must begin with http:// or https://.', 'nutgraf' ) );
			}
		}
		return array(
			'address'             => $address,
			'key'                 => self::sealed_key( $form, $old['key'] ),
			'profile'             => self::profile( isset( $form['profile'] ) ? $form['profile'] : '', $old['profile'] ),
			'timeout'             => self::number_in_range( $form, 'timeout', 1, self::MAX_TIMEOUT ),
			'headline_characters' => self::number_in_range( $form, 'headline_characters', self::MIN_CHARACTERS, self::MAX_CHARACTERS ),
			'on_publish'          => ! empty( $form['on_publish'] ),
		);
	}

	/**
	 * An address without a slash at its end, '' if it is empty; null if it is invalid.
	 *
	 * @param mixed $given The typed address.
	 * @return string|null
	 */
	public static function address( $given ) {
		$given = is_string( $given ) ? rtrim( trim( $given ), '/' ) : '';
		if ( '' === $given ) {
			return '';
		}
		$address  = esc_url_raw( $given, array( 'http', 'https' ) );
		$is_valid = preg_match( '#^https?://#i', $given ) && wp_parse_url( $address, PHP_URL_HOST );
		return $is_valid ? $address : null;
	}

	/**
	 * The key to store.
	 *
	 * @param array  $form The form.
	 * @param string $old  The stored, encrypted key.
	 * @return string
	 */
	private static function sealed_key( $form, $old ) {
		$key = isset( $form['key'] ) && is_string( $form['key'] ) ? trim( $form['key'] ) : '';
		if ( '' === $key ) {
			return empty( $form['forget_key'] ) ? $old : '';
		}
		return Secret::is_sealed( $key ) ? $key : Secret::seal( $key );
	}

	/**
	 * The name of a profile.
	 *
	 * @param mixed  $given The chosen name.
	 * @param string $old   The former name.
	 * @return string
	 */
	private static function profile( $given, $old ) {
		$name = is_string( $given ) ? trim( sanitize_text_field( $given ) ) : '';
		return '' === $name ? $old : $name;
	}

	/**
	 * A whole number, limited to a range.
	 *
	 * @param array  $form The form.
	 * @param string $name The field.
	 * @param int    $min  The smallest allowed number.
	 * @param int    $max  The largest allowed number.
	 * @return int
	 */
	private static function number_in_range( $form, $name, $min, $max ) {
		$given = isset( $form[ $name ] ) && is_numeric( $form[ $name ] ) ? (int) $form[ $name ] : self::defaults()[ $name ];
		return max( $min, min( $max, $given ) );
	}
}
