<?php
/**
 * The service, called from this server: the key never reaches a browser.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Sends requests to one Nutgraf. Every method gives an array, or a WP_Error with a sentence.
 */
class Client {

	/**
	 * Where the service is, without a slash at the end.
	 *
	 * @var string
	 */
	private $address;

	/**
	 * The key, '' for none.
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
	 * The client that the settings name.
	 *
	 * @return Client
	 */
	public static function of_settings() {
		return new self( Settings::get( 'address' ), Settings::key(), Settings::get( 'timeout' ) );
	}

	/**
	 * Answers a request for a summary.
	 *
	 * @param array $request As POST /summarize takes it.
	 * @return array|\WP_Error
	 */
	public function summarize( $request ) {
		$answer = $this->ask( 'POST', '/summarize', $request );
		return is_wp_error( $answer ) || isset( $answer['summary']['sentences'], $answer['headlines'] )
			? $answer
			: Answer::stranger( $this->address );
	}

	/**
	 * Groups articles into stories.
	 *
	 * @param array $request As POST /stories takes it.
	 * @return array|\WP_Error
	 */
	public function stories( $request ) {
		$answer = $this->ask( 'POST', '/stories', $request );
		return is_wp_error( $answer ) || ( isset( $answer['stories'] ) && is_array( $answer['stories'] ) )
			? $answer
			: Answer::stranger( $this->address );
	}

	/**
	 * Says what is running there.
	 *
	 * @return array|\WP_Error
	 */
	public function version() {
		$answer = $this->ask( 'GET', '/version' );
		$is_one = is_wp_error( $answer ) || ( isset( $answer['name'], $answer['version'] ) && 'nutgraf' === $answer['name'] );
		return $is_one ? $answer : Answer::stranger( $this->address );
	}

	/**
	 * Lists the named lengths: each has a name and a length.
	 *
	 * @return array|\WP_Error
	 */
	public function profiles() {
		$answer = $this->ask( 'GET', '/profiles' );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		return isset( $answer['profiles'] ) && is_array( $answer['profiles'] ) ? $answer['profiles'] : Answer::stranger( $this->address );
	}

	/**
	 * Hands many requests over; the same name and requests give the same job, however often they are sent.
	 *
	 * @param array  $requests Each as POST /summarize takes it.
	 * @param string $name     What makes the hand-over repeatable.
	 * @return array|\WP_Error The job.
	 */
	public function submit( $requests, $name ) {
		$job = $this->ask( 'POST', '/jobs', array( 'requests' => $requests ), array( 'Idempotency-Key' => $name ) );
		return is_wp_error( $job ) || isset( $job['id'] ) ? $job : Answer::stranger( $this->address );
	}

	/**
	 * Tells how far a job is.
	 *
	 * @param string $id The job's id.
	 * @return array|\WP_Error
	 */
	public function job( $id ) {
		$job = $this->ask( 'GET', '/jobs/' . rawurlencode( $id ) );
		return is_wp_error( $job ) || isset( $job['state'] ) ? $job : Answer::stranger( $this->address );
	}

	/**
	 * Lists what a job has answered so far: index, status, and body or problem.
	 *
	 * @param string $id The job's id.
	 * @return array|\WP_Error
	 */
	public function results( $id ) {
		return $this->ask( 'GET', '/jobs/' . rawurlencode( $id ) . '/results' );
	}

	/**
	 * Has the service forget a job, and the texts in it.
	 *
	 * @param string $id The job's id.
	 * @return array|\WP_Error
	 */
	public function forget( $id ) {
		return $this->ask( 'DELETE', '/jobs/' . rawurlencode( $id ) );
	}

	/**
	 * Sends one request.
	 *
	 * No redirect is followed: it would carry the key to another host.
	 *
	 * @param string     $method  The HTTP method.
	 * @param string     $path    Below the address.
	 * @param array|null $body    Sent as JSON.
	 * @param array      $headers More of them.
	 * @return array|\WP_Error
	 */
	private function ask( $method, $path, $body = null, $headers = array() ) {
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
