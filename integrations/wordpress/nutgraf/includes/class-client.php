<?php
/**
 * The client of the service. It runs on this server, so the key never reaches a browser.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Sends requests to one Nutgraf service. Every method returns an array, or a WP_Error with a sentence.
 */
class Client {

	/**
	 * The address of the service, without a slash at the end.
	 *
	 * @var string
	 */
	private $address;

	/**
	 * The key; '' if there is none.
	 *
	 * @var string
	 */
	private $key;

	/**
	 * Seconds to wait for an answer.
	 *
	 * @var int
	 */
	private $timeout;

	/**
	 * A client of the service at an address.
	 *
	 * @param string $address Without a slash at the end.
	 * @param string $key     '' for none.
	 * @param int    $timeout Seconds.
	 */
	public function __construct( $address, $key, $timeout ) {
		$this->address = $address;
		$this->key     = $key;
		$this->timeout = $timeout;
	}

	/**
	 * The client for the service in the settings.
	 *
	 * @return Client
	 */
	public static function from_settings() {
		return new self( Settings::get( 'address' ), Settings::key(), Settings::get( 'timeout' ) );
	}

	/**
	 * Answers a request for a summary.
	 *
	 * @param array $request The body for POST /summarize.
	 * @return array|\WP_Error
	 */
	public function summarize( $request ) {
		$answer = $this->send( 'POST', '/summarize', $request );
		return is_wp_error( $answer ) || isset( $answer['summary']['sentences'], $answer['headlines'] )
			? $answer
			: Answer::not_nutgraf( $this->address );
	}

	/**
	 * Groups articles into stories.
	 *
	 * @param array $request The body for POST /stories.
	 * @return array|\WP_Error
	 */
	public function stories( $request ) {
		$answer = $this->send( 'POST', '/stories', $request );
		return is_wp_error( $answer ) || ( isset( $answer['stories'] ) && is_array( $answer['stories'] ) )
			? $answer
			: Answer::not_nutgraf( $this->address );
	}

	/**
	 * Reads the name and the version of the service.
	 *
	 * @return array|\WP_Error
	 */
	public function version() {
		$answer   = $this->send( 'GET', '/version' );
		$is_valid = is_wp_error( $answer ) || ( isset( $answer['name'], $answer['version'] ) && 'nutgraf' === $answer['name'] );
		return $is_valid ? $answer : Answer::not_nutgraf( $this->address );
	}

	/**
	 * Lists the profiles of the service. A profile has a name and a length.
	 *
	 * @return array|\WP_Error
	 */
	public function profiles() {
		$answer = $this->send( 'GET', '/profiles' );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		return isset( $answer['profiles'] ) && is_array( $answer['profiles'] ) ? $answer['profiles'] : Answer::not_nutgraf( $this->address );
	}

	/**
	 * Submits many requests as a job. If the same name and requests are sent again, the service returns the same job.
	 *
	 * @param array  $requests Bodies for POST /summarize.
	 * @param string $name     The idempotency key.
	 * @return array|\WP_Error The job.
	 */
	public function submit( $requests, $name ) {
		$job = $this->send( 'POST', '/jobs', array( 'requests' => $requests ), array( 'Idempotency-Key' => $name ) );
		return is_wp_error( $job ) || isset( $job['id'] ) ? $job : Answer::not_nutgraf( $this->address );
	}

	/**
	 * Reads the state of a job.
	 *
	 * @param string $id The id of the job.
	 * @return array|\WP_Error
	 */
	public function job( $id ) {
		$job = $this->send( 'GET', '/jobs/' . rawurlencode( $id ) );
		return is_wp_error( $job ) || isset( $job['state'] ) ? $job : Answer::not_nutgraf( $this->address );
	}

	/**
	 * Lists the results of a job so far: index, status, and body or problem.
	 *
	 * @param string $id The id of the job.
	 * @return array|\WP_Error
	 */
	public function results( $id ) {
		return $this->send( 'GET', '/jobs/' . rawurlencode( $id ) . '/results' );
	}

	/**
	 * Deletes a job and its texts from the service.
	 *
	 * @param string $id The id of the job.
	 * @return array|\WP_Error
	 */
	public function delete_job( $id ) {
		return $this->send( 'DELETE', '/jobs/' . rawurlencode( $id ) );
	}

	/**
	 * Sends one request.
	 *
	 * Redirects are not followed: they could send the key to another host.
	 *
	 * @param string     $method  The HTTP method.
	 * @param string     $path    The path below the address.
	 * @param array|null $body    Sent as JSON.
	 * @param array      $headers Further headers.
	 * @return array|\WP_Error
	 */
	private function send( $method, $path, $body = null, $headers = array() ) {
		if ( '' === $this->address ) {
			return new \WP_Error( 'nutgraf_no_address', __( 'Nutgraf is not set up yet: its address is missing in the settings.', 'nutgraf' ), array( 'status' => 503 ) );
		}
		if ( '' !== $this->key ) {
			$headers['Authorization'] = 'Bearer ' . $this->key;
		}
		$arguments = array(
			'method'      => $method,
			'headers'     => $headers,
			'timeout'     => $this->timeout,
			'redirection' => 0,
			'user-agent'  => 'Nutgraf for WordPress/' . VERSION,
		);
		if ( null === $body ) {
			return Answer::read( wp_remote_request( $this->address . $path, $arguments ), $this->address );
		}
		$arguments['headers']['Content-Type'] = 'application/json';
		$arguments['body']                    = wp_json_encode( $body );
		return Answer::read( wp_remote_post( $this->address . $path, $arguments ), $this->address );
	}
}
