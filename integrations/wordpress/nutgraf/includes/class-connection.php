<?php
/**
 * Test connection: what is wrong, in a sentence.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Tries a service with the settings as they stand in the form.
 */
class Connection {

	/**
	 * Says that all is well, or a WP_Error with what is not.
	 *
	 * @param array $form As the settings page has it; an empty key means the stored one.
	 * @return string|\WP_Error
	 */
	public static function test( $form ) {
		$address = Settings::address( isset( $form['address'] ) ? $form['address'] : '' );
		if ( null === $address ) {
			return new \WP_Error( 'nutgraf_bad_address', __( 'The address must begin with http:// or https://.', 'nutgraf' ), array( 'status' => 400 ) );
		}
		$key     = Settings::key_is_constant() || empty( $form['key'] ) ? Settings::key() : trim( (string) $form['key'] );
		$timeout = max( 1, min( Settings::LONGEST_TIMEOUT, isset( $form['timeout'] ) ? (int) $form['timeout'] : 10 ) );
		return self::of( new Client( $address, $key, $timeout ), isset( $form['profile'] ) ? (string) $form['profile'] : '' );
	}

	/**
	 * Asks for the version, the profiles and a summary of one sentence: the first tells a stranger, the last a bad key.
	 *
	 * @param Client $client  The service.
	 * @param string $profile The profile that shall be there; '' for any.
	 * @return string|\WP_Error
	 */
	private static function of( $client, $profile ) {
		$version = $client->version();
		if ( is_wp_error( $version ) ) {
			return $version;
		}
		$profiles = $client->profiles();
		if ( is_wp_error( $profiles ) ) {
			return $profiles;
		}
		$names = wp_list_pluck( $profiles, 'name' );
		if ( '' !== $profile && ! in_array( $profile, $names, true ) ) {
			/* translators: 1: name of a profile, 2: the names that there are. */
			return new \WP_Error( 'nutgraf_no_profile', sprintf( __( 'This Nutgraf has no profile “%1$s”. It has: %2$s.', 'nutgraf' ), $profile, implode( ', ', $names ) ), array( 'status' => 502 ) );
		}
		$answer = $client->summarize( array( 'articles' => array( array( 'text' => 'The library reopened on Saturday.' ) ) ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		/* translators: %s: a version such as 0.1.0. */
		return sprintf( __( 'Nutgraf %s answers, and summarizes.', 'nutgraf' ), $version['version'] );
	}
}
