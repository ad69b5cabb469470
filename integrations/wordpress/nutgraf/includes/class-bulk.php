<?php
/**
 * The bulk action "Fill missing excerpts" of the lists of posts.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Starts a user's run, shows its progress, and goes on with it in the background when the browser is closed.
 */
class Bulk {

	const ACTION = 'nutgraf_fill';
	const EVENT  = 'nutgraf_continue_run';

	/**
	 * After so long without a finished run the background looks after it, and works so long at a time.
	 */
	const PAUSE_SECONDS = 60;
	const WORK_SECONDS  = 20;

	/**
	 * Hooks the action in for every type of post that has excerpts.
	 */
	public static function register() {
		add_action( 'admin_init', array( self::class, 'offer' ) );
		add_action( 'admin_notices', array( self::class, 'show' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
		add_action( self::EVENT, array( self::class, 'go_on' ) );
		add_filter( 'removable_query_args', array( self::class, 'removable' ) );
	}

	/**
	 * Adds the action to the lists.
	 */
	public static function offer() {
		foreach ( get_post_types_by_support( 'excerpt' ) as $type ) {
			add_filter( 'bulk_actions-edit-' . $type, array( self::class, 'listed' ) );
			add_filter( 'handle_bulk_actions-edit-' . $type, array( self::class, 'start' ), 10, 3 );
		}
	}

	/**
	 * The actions with ours.
	 *
	 * @param array $actions Labels by name.
	 * @return array
	 */
	public static function listed( $actions ) {
		// Nothing is filled in the trash.
		return isset( $actions['untrash'] ) ? $actions : $actions + array( self::ACTION => __( 'Fill missing excerpts', 'nutgraf' ) );
	}

	/**
	 * Starts a run; WordPress has checked the nonce.
	 *
	 * @param string $address  Where the list goes on.
	 * @param string $action   The chosen action.
	 * @param int[]  $post_ids The chosen posts.
	 * @return string
	 */
	public static function start( $address, $action, $post_ids ) {
		if ( self::ACTION !== $action ) {
			return $address;
		}
		Run::of( get_current_user_id() )->add( array_map( 'intval', $post_ids ) );
		self::schedule( get_current_user_id() );
		return add_query_arg( 'nutgraf_run', 'start', $address );
	}

	/**
	 * The parameters that the address bar loses, with ours: a page loaded again starts nothing.
	 *
	 * @param string[] $names Names.
	 * @return string[]
	 */
	public static function removable( $names ) {
		return array_merge( $names, array( 'nutgraf_run' ) );
	}

	/**
	 * The place of the progress, above the list.
	 */
	public static function show() {
		if ( self::is_list() && ! Run::of( get_current_user_id() )->is_empty() ) {
			// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Only goes on with the user's own run.
			$starts = isset( $_GET['nutgraf_run'] );
			$run    = Run::of( get_current_user_id() )->described();
			printf(
				'<div id="nutgraf-run" class="notice notice-info nutgraf-run" data-starts="%s" data-run="%s"></div>',
				esc_attr( $starts ? 'yes' : 'no' ),
				// esc_attr() leaves an entity as it is: one in a title would end a string of the JSON.
				esc_attr( wp_json_encode( $run, JSON_HEX_AMP | JSON_HEX_QUOT | JSON_HEX_TAG ) )
			);
		}
	}

	/**
	 * Loads the script of the progress.
	 */
	public static function enqueue() {
		if ( self::is_list() ) {
			wp_enqueue_style( 'nutgraf-admin', plugins_url( 'assets/admin.css', FILE ), array(), VERSION );
			wp_enqueue_script( 'nutgraf-run', plugins_url( 'assets/run.js', FILE ), array( 'wp-api-fetch', 'wp-i18n', 'wp-a11y' ), VERSION, true );
			wp_set_script_translations( 'nutgraf-run', 'nutgraf', plugin_dir_path( FILE ) . 'languages' );
		}
	}

	/**
	 * Goes on with a user's run for a while; what is left, the next event does.
	 *
	 * @param int $user_id The user.
	 */
	public static function go_on( $user_id ) {
		$run = Run::of( (int) $user_id );
		$end = time() + self::WORK_SECONDS;
		while ( ! $run->is_done() && time() < $end ) {
			if ( $run->step()->has_stopped() ) {
				break;
			}
			// While the service still works, let it.
			usleep( 200000 );
		}
		if ( ! $run->is_done() ) {
			self::schedule( (int) $user_id );
		}
	}

	/**
	 * Has the background look after a run in a while.
	 *
	 * @param int $user_id The user.
	 */
	private static function schedule( $user_id ) {
		if ( ! wp_next_scheduled( self::EVENT, array( $user_id ) ) ) {
			wp_schedule_single_event( time() + self::PAUSE_SECONDS, self::EVENT, array( $user_id ) );
		}
	}

	/**
	 * Whether this is a list of posts that have excerpts.
	 *
	 * @return bool
	 */
	private static function is_list() {
		$screen = get_current_screen();
		return $screen && 'edit' === $screen->base && post_type_supports( $screen->post_type, 'excerpt' );
	}
}
