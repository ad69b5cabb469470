<?php
/**
 * Tests the connection, and says in a sentence what is wrong.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Tests the connection to a service with the values in the settings form.
 */
class Connection {

	/**
	 * Returns a sentence if the connection works, otherwise a WP_Error that says what is wrong.
	 *
	 * @param array $form The values in the settings form; an empty key stands for the stored key.
	 * @return string|\WP_Error
	 */
	public static function test( $form ) {
		$address = Settings::address( isset( $form['address'] ) ? $form['address'] : '' );
		if ( null === $address ) {
			return new \WP_Error( 'nutgraf_bad_address', __( 'The address must begin with http:// or https://.', 'nutgraf' ), array( 'status' => 400 ) );
		}
		$key     = Settings::key_is_constant() || empty( $form['key'] ) ? Settings::key() : trim( (string) $form['key'] );
		$timeout = max( 1, min( Settings::MAX_TIMEOUT, isset( $form['timeout'] ) ? (int) $form['timeout'] : 10 ) );
		return self::test_client( new Client( $address, $key, $timeout ), isset( $form['profile'] ) ? (string) $form['profile'] : '' );
	}

	/**
	 * Requests the version, the profiles and a summary. Another kind of service fails the first request, a wrong key the last.
	 *
	 * @param Client $client  The service.
	 * @param string $profile The profile that the service must have; '' for any.
	 * @return string|\WP_Error
	 */
	private static function test_client( $client, $profile ) {
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
			/* translators: 1: name of a profile, 2: names of the profiles of the service. */
			return new \WP_Error( 'nutgraf_no_profile', sprintf( __( 'This Nutgraf service has no profile “%1$s”. Its profiles: %2$s.', 'nutgraf' ), $profile, implode( ', ', $names ) ), array( 'status' => 502 ) );
		}
		$answer = $client->summarize( array( 'articles' => array( array( 'text' => 'The library reopened on Saturday.' ) ) ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		/* translators: %s: a version such as 0.1.0. */
		return sprintf( __( 'The connection works: Nutgraf %s answers and summarizes.', 'nutgraf' ), $version['version'] );
	}
}
