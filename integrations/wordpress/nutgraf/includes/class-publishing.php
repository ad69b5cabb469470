<?php
/**
 * Fills the excerpts of posts that are published without one, in the background.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Publishing never waits for the service: a scheduled event fills the excerpt afterwards.
 */
class Publishing {

	const EVENT   = 'nutgraf_fill_excerpt';
	const FAILURE = 'nutgraf_last_failure';

	/**
	 * Seconds to wait before each further attempt.
	 */
	const RETRY_DELAYS = array( 60, 300, 1800 );

	/**
	 * Registers the hooks.
	 */
	public static function register() {
		add_action( 'transition_post_status', array( self::class, 'schedule' ), 10, 3 );
		add_action( self::EVENT, array( self::class, 'fill' ), 10, 2 );
	}

	/**
	 * Schedules the event for a post that was just published, if the setting is on.
	 *
	 * @param string   $new_status The status of the post.
	 * @param string   $old_status The former status.
	 * @param \WP_Post $post       The post.
	 */
	public static function schedule( $new_status, $old_status, $post ) {
		if ( 'publish' === $new_status && 'publish' !== $old_status && Settings::get( 'on_publish' ) && self::needs_excerpt( $post ) ) {
			wp_schedule_single_event( time(), self::EVENT, array( $post->ID, 0 ) );
		}
	}

	/**
	 * Fills the excerpt of a post. If that fails and can succeed later, schedules another attempt.
	 *
	 * @param int $post_id  The post.
	 * @param int $attempts The number of earlier attempts.
	 */
	public static function fill( $post_id, $attempts ) {
		$post = get_post( $post_id );
		if ( ! $post || 'publish' !== $post->post_status || ! self::needs_excerpt( $post ) ) {
			return;
		}
		$profile = Settings::get( 'profile' );
		$answer  = Client::from_settings()->summarize( Excerpts::request( Post_Text::article( $post ), $profile ) );
		$excerpt = is_wp_error( $answer ) ? $answer : Excerpts::from_answer( $answer, $profile );
		if ( ! is_wp_error( $excerpt ) ) {
			Excerpts::fill( $post_id, $excerpt );
			delete_option( self::FAILURE );
			return;
		}
		$failure = array(
			'post'   => $post_id,
			'reason' => $excerpt->get_error_message(),
			'at'     => time(),
		);
		update_option( self::FAILURE, $failure, false );
		$data      = $excerpt->get_error_data();
		$can_retry = 422 !== ( isset( $data['status'] ) ? $data['status'] : 0 );
		$has_delay = isset( self::RETRY_DELAYS[ $attempts ] );
		if ( $can_retry && $has_delay ) {
			wp_schedule_single_event( time() + self::RETRY_DELAYS[ $attempts ], self::EVENT, array( $post_id, $attempts + 1 ) );
		}
	}

	/**
	 * Whether a post can have an excerpt, has a text and has no excerpt.
	 *
	 * @param \WP_Post $post The post.
	 * @return bool
	 */
	private static function needs_excerpt( $post ) {
		return post_type_supports( $post->post_type, 'excerpt' ) && '' === trim( $post->post_excerpt ) && '' !== trim( $post->post_content );
	}
}
