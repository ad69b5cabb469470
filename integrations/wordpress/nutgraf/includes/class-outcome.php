<?php
/**
 * The state of one post in a run.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * A post is waiting, filled, kept (it has another excerpt) or failed (with a reason).
 */
class Outcome {

	/**
	 * Stores the excerpt of a result, and returns the new state of the post.
	 *
	 * @param int   $user_id The user.
	 * @param int   $id      The post.
	 * @param array $result  A result of the job.
	 * @return array
	 */
	public static function from_result( $user_id, $id, $result ) {
		$state = self::initial( $user_id, $id );
		if ( 'failed' === $state['state'] ) {
			return $state;
		}
		if ( ! isset( $result['body'] ) ) {
			$problem = isset( $result['problem'] ) && is_array( $result['problem'] ) ? $result['problem'] : array();
			return self::failed( Answer::problem( $problem, isset( $result['status'] ) ? (int) $result['status'] : 500 )->get_error_message() );
		}
		$excerpt = Excerpts::from_answer( $result['body'], Settings::get( 'profile' ) );
		if ( is_wp_error( $excerpt ) ) {
			return self::failed( $excerpt->get_error_message() );
		}
		return array( 'state' => Excerpts::fill( $id, $excerpt ) ? 'filled' : 'kept' );
	}

	/**
	 * The state of a post before its excerpt is made.
	 *
	 * @param int $user_id The user.
	 * @param int $id      The post.
	 * @return array
	 */
	public static function initial( $user_id, $id ) {
		$post = get_post( $id );
		if ( ! $post || ! user_can( $user_id, 'edit_post', $id ) ) {
			return self::failed( __( 'You may not edit this post.', 'nutgraf' ) );
		}
		return array( 'state' => '' === trim( $post->post_excerpt ) ? 'waiting' : 'kept' );
	}

	/**
	 * The state of a failed post.
	 *
	 * @param string $reason A sentence.
	 * @return array
	 */
	public static function failed( $reason ) {
		return array(
			'state'  => 'failed',
			'reason' => $reason,
		);
	}
}
