<?php
/**
 * What an administrator has set.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * The settings: read with their defaults, parsed once when they are saved.
 */
class Settings {

	const OPTION           = 'nutgraf_settings';
	const LONGEST_TIMEOUT  = 60;
	const LEAST_CHARACTERS = 20;
	const MOST_CHARACTERS  = 150;

	/**
	 * The settings that nobody has made yet.
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
	 * The settings as they are; the key is still sealed.
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
	 * @param string $name As in defaults().
	 * @return mixed
	 */
	public static function get( $name ) {
		return self::all()[ $name ];
	}

	/**
	 * The key in plain text: NUTGRAF_KEY of wp-config.php, else the stored one; '' where there is none that can be read.
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
	 * Whether wp-config.php has the key.
	 *
	 * @return bool
	 */
	public static function key_is_constant() {
		return defined( 'NUTGRAF_KEY' ) && '' !== (string) NUTGRAF_KEY;
	}

	/**
	 * Whether a key is stored that the present salts do not open.
	 *
	 * @return bool
	 */
	public static function key_is_lost() {
		$sealed = self::get( 'key' );
		return ! self::key_is_constant() && '' !== $sealed && null === Secret::open( $sealed );
	}

	/**
	 * The form of the settings page as settings; what can't be used keeps its old value, and a notice says so.
	 *
	 * WordPress calls this twice when the option is saved for the first time: a sealed key stays as it is.
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
			// The option may be saved elsewhere than on an admin's page.
			if ( function_exists( 'add_settings_error' ) ) {
				add_settings_error( self::OPTION, 'address', __( 'The address was not changed: it must begin with http:// or https://.', 'nutgraf' ) );
			}
		}
		return array(
			'address'             => $address,
			'key'                 => self::sealed_key( $form, $old['key'] ),
			'profile'             => self::profile( isset( $form['profile'] ) ? $form['profile'] : '', $old['profile'] ),
			'timeout'             => self::bounded( $form, 'timeout', 1, self::LONGEST_TIMEOUT ),
			'headline_characters' => self::bounded( $form, 'headline_characters', self::LEAST_CHARACTERS, self::MOST_CHARACTERS ),
			'on_publish'          => ! empty( $form['on_publish'] ),
		);
	}

	/**
	 * An address without a slash at its end, '' for none; null where it is no address.
	 *
	 * @param mixed $given As typed.
	 * @return string|null
	 */
	public static function address( $given ) {
		$given = is_string( $given ) ? rtrim( trim( $given ), '/' ) : '';
		if ( '' === $given ) {
			return '';
		}
		$address = esc_url_raw( $given, array( 'http', 'https' ) );
		$is_one  = preg_match( '#^https?://#i', $given ) && wp_parse_url( $address, PHP_URL_HOST );
		return $is_one ? $address : null;
	}

	/**
	 * The key to store.
	 *
	 * @param array  $form The form.
	 * @param string $old  The stored key, sealed.
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
	 * A profile's name.
	 *
	 * @param mixed  $given As chosen.
	 * @param string $old   The one before.
	 * @return string
	 */
	private static function profile( $given, $old ) {
		$name = is_string( $given ) ? trim( sanitize_text_field( $given ) ) : '';
		return '' === $name ? $old : $name;
	}

	/**
	 * A whole number, the nearest that is allowed.
	 *
	 * @param array  $form  The form.
	 * @param string $name  The field.
	 * @param int    $least From here.
	 * @param int    $most  To here.
	 * @return int
	 */
	private static function bounded( $form, $name, $least, $most ) {
		$given = isset( $form[ $name ] ) && is_numeric( $form[ $name ] ) ? (int) $form[ $name ] : self::defaults()[ $name ];
		return max( $least, min( $most, $given ) );
	}
}
