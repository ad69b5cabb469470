<?php
/**
 * Reads the answers of the service, and turns failures into sentences that say what to do.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the results of wp_remote_request().
 */
class Answer {

	/**
	 * The decoded body, or a WP_Error with a sentence.
	 *
	 * @param array|\WP_Error $response The result of WordPress' HTTP API.
	 * @param string          $address  The address of the service, for the sentence.
	 * @return array|\WP_Error
	 */
	public static function read( $response, $address ) {
		if ( is_wp_error( $response ) ) {
			return self::connection_error( $response, $address );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$body   = wp_remote_retrieve_body( $response );
		if ( $status >= 200 && $status < 300 ) {
			$is_lines = 0 === strpos( (string) wp_remote_retrieve_header( $response, 'content-type' ), 'application/x-ndjson' );
			$decoded  = $is_lines ? self::decode_lines( $body ) : json_decode( $body, true );
			return is_array( $decoded ) ? $decoded : ( 204 === $status ? array() : self::not_nutgraf( $address ) );
		}
		$problem = json_decode( $body, true );
		if ( ! is_array( $problem ) || ! isset( $problem['type'], $problem['detail'] ) || ! is_string( $problem['type'] ) ) {
			return self::not_nutgraf( $address, $status );
		}
		return self::problem( $problem, $status, (int) wp_remote_retrieve_header( $response, 'retry-after' ) );
	}

	/**
	 * A problem of the service as an error. Its data has the HTTP status and the seconds to wait (0: unknown).
	 *
	 * @param array $problem     A problem as in RFC 9457.
	 * @param int   $status      The HTTP status.
	 * @param int   $retry_after Seconds to wait, or 0 if the service does not say.
	 * @return \WP_Error
	 */
	public static function problem( $problem, $status, $retry_after = 0 ) {
		$slug   = (string) preg_replace( '#^.*/problems/#', '', isset( $problem['type'] ) ? (string) $problem['type'] : '' );
		$detail = isset( $problem['detail'] ) && is_string( $problem['detail'] ) ? $problem['detail'] : '';
		if ( isset( $problem['errors'][0]['detail'] ) && is_string( $problem['errors'][0]['detail'] ) ) {
			$detail = $problem['errors'][0]['detail'];
		}
		$data = array(
			'status'      => $status,
			'retry_after' => $retry_after,
		);
		return new \WP_Error( 'nutgraf_' . str_replace( '-', '_', $slug ), self::message( $slug, $status, $detail, $retry_after ), $data );
	}

	/**
	 * The sentence that explains a problem to a user of WordPress.
	 *
	 * @param string $slug        The kind of problem.
	 * @param int    $status      The HTTP status.
	 * @param string $detail      The sentence of the service, in English.
	 * @param int    $retry_after Seconds to wait, or 0.
	 * @return string
	 */
	private static function message( $slug, $status, $detail, $retry_after ) {
		if ( 'key-missing' === $slug ) {
			return __( 'Nutgraf requires a key. Enter one in the settings, or define NUTGRAF_KEY in wp-config.php.', 'nutgraf' );
		}
		if ( 401 === $status || 403 === $status ) {
			return __( 'Nutgraf does not accept this key. Enter a valid key.', 'nutgraf' );
		}
		if ( 'no-usable-text' === $slug ) {
			return __( 'There is no text to summarize. Write at least one sentence.', 'nutgraf' );
		}
		if ( 413 === $status ) {
			return __( 'The text is too long for this Nutgraf service.', 'nutgraf' );
		}
		if ( 429 === $status ) {
			/* translators: %d: number of seconds. */
			return sprintf( _n( 'Too many requests. Try again in %d second.', 'Too many requests. Try again in %d seconds.', max( 1, $retry_after ), 'nutgraf' ), max( 1, $retry_after ) );
		}
		/* translators: %s: a sentence of the service, in English. */
		return sprintf( __( 'Nutgraf says: %s', 'nutgraf' ), $detail );
	}

	/**
	 * The error for a service that could not be reached.
	 *
	 * @param \WP_Error $error   The result of WordPress' HTTP API.
	 * @param string    $address The address of the service.
	 * @return \WP_Error
	 */
	private static function connection_error( $error, $address ) {
		$message = $error->get_error_message();
		$host    = (string) wp_parse_url( $address, PHP_URL_HOST );
		$kinds   = array(
			/* translators: %s: name of a host. */
			'resolv|getaddrinfo|getaddresses|error 6:' => array( 'unknown_host', __( 'The host “%s” was not found. Check the spelling of the address.', 'nutgraf' ), $host ),
			/* translators: %s: an address. */
			'timed? ?out|error 28:'                    => array( 'timeout', __( '%s did not answer in time. Try again, or increase the timeout.', 'nutgraf' ), $address ),
			/* translators: %s: an address. */
			'SSL|certificate|error (35|60):'           => array( 'tls', __( '%s has no certificate that this server trusts.', 'nutgraf' ), $address ),
			/* translators: %s: an address. */
			'refused|failed to connect|could(n.t| not) connect|unreachable|error 7:' => array( 'refused', __( 'No service answers at %s. Check the port, and check that Nutgraf is running.', 'nutgraf' ), $address ),
			/* translators: %s: an address. */
			'reset|empty reply|recv failure|error (52|56):' => array( 'closed_connection', __( '%s closed the connection without an answer. Check that Nutgraf is running there.', 'nutgraf' ), $address ),
		);
		if ( 'http_request_not_executed' === $error->get_error_code() ) {
			/* translators: %s: name of a host. */
			return new \WP_Error( 'nutgraf_blocked', sprintf( __( 'This WordPress may not call other hosts. Add “%s” to WP_ACCESSIBLE_HOSTS in wp-config.php.', 'nutgraf' ), $host ), array( 'status' => 502 ) );
		}
		foreach ( $kinds as $pattern => list( $code, $sentence, $name ) ) {
			if ( preg_match( '/' . $pattern . '/i', $message ) ) {
				return new \WP_Error( 'nutgraf_' . $code, sprintf( $sentence, $name ), array( 'status' => 502 ) );
			}
		}
		/* translators: 1: an address, 2: a message of the network, in English. */
		return new \WP_Error( 'nutgraf_unreachable', sprintf( __( '%1$s cannot be reached: %2$s', 'nutgraf' ), $address, $message ), array( 'status' => 502 ) );
	}

	/**
	 * The error for an address at which another kind of service answers.
	 *
	 * @param string $address The address.
	 * @param int    $status  The HTTP status of the answer.
	 * @return \WP_Error
	 */
	public static function not_nutgraf( $address, $status = 200 ) {
		/* translators: 1: an address, 2: an HTTP status such as 404. */
		return new \WP_Error( 'nutgraf_not_nutgraf', sprintf( __( 'The service at %1$s is not Nutgraf (HTTP %2$d). Check the address and the port.', 'nutgraf' ), $address, $status ), array( 'status' => 502 ) );
	}

	/**
	 * The objects of newline-delimited JSON; null if a line is not valid JSON.
	 *
	 * @param string $body The lines.
	 * @return array|null
	 */
	private static function decode_lines( $body ) {
		$objects = array_map(
			static function ( $line ) {
				return json_decode( $line, true );
			},
			array_filter( array_map( 'trim', explode( "\n", $body ) ), 'strlen' )
		);
		return in_array( null, $objects, true ) ? null : array_values( $objects );
	}
}
