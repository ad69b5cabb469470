<?php
/**
 * On publishing: posts without an excerpt get one in the background.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Publishing never waits for the service: an event does the work afterwards.
 */
class Publishing {

	const EVENT   = 'nutgraf_fill_excerpt';
	const FAILURE = 'nutgraf_last_failure';

	/**
	 * Seconds to wait before each further try, when the service can't be reached.
	 */
	const PAUSES = array( 60, 300, 1800 );

	/**
	 * Hooks in.
	 */
	public static function register() {
		add_action( 'transition_post_status', array( self::class, 'published' ), 10, 3 );
		add_action( self::EVENT, array( self::class, 'fill' ), 10, 2 );
	}

	/**
	 * Schedules the work for a post that has just been published, where the setting is on.
	 *
	 * @param string   $now  The post's status.
	 * @param string   $then The one before.
	 * @param \WP_Post $post The post.
	 */
	public static function published( $now, $then, $post ) {
		if ( 'publish' === $now && 'publish' !== $then && Settings::get( 'on_publish' ) && self::wants( $post ) ) {
			wp_schedule_single_event( time(), self::EVENT, array( $post->ID, 0 ) );
		}
	}

	/**
	 * Fills a post's excerpt; tries again later where that may help.
	 *
	 * @param int $post_id The post.
	 * @param int $tried   How often it was tried.
	 */
	public static function fill( $post_id, $tried ) {
		$post = get_post( $post_id );
		if ( ! $post || 'publish' !== $post->post_status || ! self::wants( $post ) ) {
			return;
		}
		$profile = Settings::get( 'profile' );
		$answer  = Client::of_settings()->summarize( Excerpts::request( Post_Text::article( $post ), $profile ) );
		$excerpt = is_wp_error( $answer ) ? $answer : Excerpts::of_answer( $answer, $profile );
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
		$may_mend  = 422 !== ( isset( $data['status'] ) ? $data['status'] : 0 );
		$has_pause = isset( self::PAUSES[ $tried ] );
		if ( $may_mend && $has_pause ) {
			wp_schedule_single_event( time() + self::PAUSES[ $tried ], self::EVENT, array( $post_id, $tried + 1 ) );
		}
	}

	/**
	 * Whether a post can have an excerpt and has none.
	 *
	 * @param \WP_Post $post The post.
	 * @return bool
	 */
	private static function wants( $post ) {
		return post_type_supports( $post->post_type, 'excerpt' ) && '' === trim( $post->post_excerpt ) && '' !== trim( $post->post_content );
	}
}
