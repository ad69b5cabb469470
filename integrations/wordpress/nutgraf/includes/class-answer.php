<?php
/**
 * What came back from the service, or why nothing did, as a sentence that says what to do.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Reads what wp_remote_request() gives.
 */
class Answer {

	/**
	 * The decoded body; a WP_Error with a sentence where there is none to use.
	 *
	 * @param array|\WP_Error $response What WordPress' HTTP API gave.
	 * @param string          $address  The service's address, for the sentence.
	 * @return array|\WP_Error
	 */
	public static function read( $response, $address ) {
		if ( is_wp_error( $response ) ) {
			return self::unreached( $response, $address );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$body   = wp_remote_retrieve_body( $response );
		if ( $status >= 200 && $status < 300 ) {
			$is_lines = 0 === strpos( (string) wp_remote_retrieve_header( $response, 'content-type' ), 'application/x-ndjson' );
			$decoded  = $is_lines ? self::lines( $body ) : json_decode( $body, true );
			return is_array( $decoded ) ? $decoded : ( 204 === $status ? array() : self::stranger( $address ) );
		}
		$problem = json_decode( $body, true );
		if ( ! is_array( $problem ) || ! isset( $problem['type'], $problem['detail'] ) || ! is_string( $problem['type'] ) ) {
			return self::stranger( $address, $status );
		}
		return self::problem( $problem, $status, (int) wp_remote_retrieve_header( $response, 'retry-after' ) );
	}

	/**
	 * A problem of the service's as an error; its data has the HTTP status and, where known, seconds to wait.
	 *
	 * @param array $problem     As the service sends it (RFC 9457).
	 * @param int   $status      The HTTP status.
	 * @param int   $retry_after Seconds, 0 where the service does not say.
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
		return new \WP_Error( 'nutgraf_' . str_replace( '-', '_', $slug ), self::sentence( $slug, $status, $detail, $retry_after ), $data );
	}

	/**
	 * What a problem means here.
	 *
	 * @param string $slug        The kind of problem.
	 * @param int    $status      The HTTP status.
	 * @param string $detail      The service's own sentence, in English.
	 * @param int    $retry_after Seconds to wait, or 0.
	 * @return string
	 */
	private static function sentence( $slug, $status, $detail, $retry_after ) {
		if ( 'key-missing' === $slug ) {
			return __( 'Nutgraf wants a key. Enter one in the settings, or define NUTGRAF_KEY in wp-config.php.', 'nutgraf' );
		}
		if ( 401 === $status || 403 === $status ) {
			return __( 'Nutgraf does not accept the key. Enter one that it knows.', 'nutgraf' );
		}
		if ( 'no-usable-text' === $slug ) {
			return __( 'There is no text to summarize. Write at least one sentence.', 'nutgraf' );
		}
		if ( 413 === $status ) {
			return __( 'That is more text than this Nutgraf takes at a time.', 'nutgraf' );
		}
		if ( 429 === $status ) {
			/* translators: %d: number of seconds. */
			return sprintf( _n( 'Too many requests. Try again in %d second.', 'Too many requests. Try again in %d seconds.', max( 1, $retry_after ), 'nutgraf' ), max( 1, $retry_after ) );
		}
		/* translators: %s: what the service says, in English. */
		return sprintf( __( 'Nutgraf says: %s', 'nutgraf' ), $detail );
	}

	/**
	 * Why the service was not reached.
	 *
	 * @param \WP_Error $error   What WordPress' HTTP API gave.
	 * @param string    $address The service's address.
	 * @return \WP_Error
	 */
	private static function unreached( $error, $address ) {
		$message = $error->get_error_message();
		$host    = (string) wp_parse_url( $address, PHP_URL_HOST );
		$kinds   = array(
			/* translators: %s: name of a host. */
			'resolve|getaddrinfo|getaddresses|error 6:' => array( 'unknown_host', __( 'There is no host “%s”. Check the address for a misspelling.', 'nutgraf' ), $host ),
			/* translators: %s: an address. */
			'timed? ?out|error 28:'                     => array( 'timeout', __( '%s did not answer in time. Try again, or raise the timeout.', 'nutgraf' ), $address ),
			/* translators: %s: an address. */
			'SSL|certificate|error (35|60):'            => array( 'tls', __( '%s has no certificate that this server trusts.', 'nutgraf' ), $address ),
			/* translators: %s: an address. */
			'refused|failed to connect|could(n.t| not) connect|unreachable|error 7:' => array( 'refused', __( 'Nothing listens at %s. Check the port, and that Nutgraf is running.', 'nutgraf' ), $address ),
			/* translators: %s: an address. */
			'reset|empty reply|recv failure|error (52|56):' => array( 'hung_up', __( '%s hung up without an answer. Check that Nutgraf is running there.', 'nutgraf' ), $address ),
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
		/* translators: 1: an address, 2: what the network says, in English. */
		return new \WP_Error( 'nutgraf_unreached', sprintf( __( '%1$s can’t be reached: %2$s', 'nutgraf' ), $address, $message ), array( 'status' => 502 ) );
	}

	/**
	 * That something else answers there.
	 *
	 * @param string $address The address.
	 * @param int    $status  Its HTTP status, where that was the reason.
	 * @return \WP_Error
	 */
	public static function stranger( $address, $status = 200 ) {
		/* translators: 1: an address, 2: an HTTP status such as 404. */
		return new \WP_Error( 'nutgraf_stranger', sprintf( __( 'What answers at %1$s is not a Nutgraf (HTTP %2$d). Check the address and the port.', 'nutgraf' ), $address, $status ), array( 'status' => 502 ) );
	}

	/**
	 * The objects of newline-delimited JSON; null where a line is none.
	 *
	 * @param string $body The lines.
	 * @return array|null
	 */
	private static function lines( $body ) {
		$objects = array_map(
			static function ( $line ) {
				return json_decode( $line, true );
			},
			array_filter( array_map( 'trim', explode( "\n", $body ) ), 'strlen' )
		);
		return in_array( null, $objects, true ) ? null : array_values( $objects );
	}
}
