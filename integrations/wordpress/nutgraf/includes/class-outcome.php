<?php
/**
 * What becomes of one post of a run.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * States of a post: waiting, filled, kept, or failed with a reason.
 */
class Outcome {

	/**
	 * What becomes of a post whose answer has come.
	 *
	 * @param int   $user_id The user.
	 * @param int   $id      The post.
	 * @param array $line    Of the job's results.
	 * @return array
	 */
	public static function of_line( $user_id, $id, $line ) {
		$state = self::first( $user_id, $id );
		if ( 'failed' === $state['state'] ) {
			return $state;
		}
		if ( ! isset( $line['body'] ) ) {
			$problem = isset( $line['problem'] ) && is_array( $line['problem'] ) ? $line['problem'] : array();
			return self::failure( Answer::problem( $problem, isset( $line['status'] ) ? (int) $line['status'] : 500 )->get_error_message() );
		}
		$excerpt = Excerpts::of_answer( $line['body'], Settings::get( 'profile' ) );
		if ( is_wp_error( $excerpt ) ) {
			return self::failure( $excerpt->get_error_message() );
		}
		return array( 'state' => Excerpts::fill( $id, $excerpt ) ? 'filled' : 'kept' );
	}

	/**
	 * The state of a post that was just chosen.
	 *
	 * @param int $user_id The user.
	 * @param int $id      The post.
	 * @return array
	 */
	public static function first( $user_id, $id ) {
		$post = get_post( $id );
		if ( ! $post || ! user_can( $user_id, 'edit_post', $id ) ) {
			return self::failure( __( 'You may not edit this post.', 'nutgraf' ) );
		}
		return array( 'state' => '' === trim( $post->post_excerpt ) ? 'waiting' : 'kept' );
	}

	/**
	 * A failed post's state.
	 *
	 * @param string $reason A sentence.
	 * @return array
	 */
	public static function failure( $reason ) {
		return array(
			'state'  => 'failed',
			'reason' => $reason,
		);
	}
}
