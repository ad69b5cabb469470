<?php
/**
 * The bulk action "Fill missing excerpts" in the lists of posts.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Starts a run, shows its progress, and continues it in the background if the user closes the browser.
 */
class Bulk {

	const ACTION = 'nutgraf_fill';
	const EVENT  = 'nutgraf_continue_run';

	/**
	 * The delay before the background continues an unfinished run, and how long it works at a time.
	 */
	const PAUSE_SECONDS = 60;
	const WORK_SECONDS  = 20;

	/**
	 * Registers the hooks.
	 */
	public static function register() {
		add_action( 'admin_init', array( self::class, 'add_actions' ) );
		add_action( 'admin_notices', array( self::class, 'show' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
		add_action( self::EVENT, array( self::class, 'continue_run' ) );
		add_filter( 'removable_query_args', array( self::class, 'add_removable_parameter' ) );
	}

	/**
	 * Adds the action to the list of every post type that has excerpts.
	 */
	public static function add_actions() {
		foreach ( get_post_types_by_support( 'excerpt' ) as $type ) {
			add_filter( 'bulk_actions-edit-' . $type, array( self::class, 'add_action_to_list' ) );
			add_filter( 'handle_bulk_actions-edit-' . $type, array( self::class, 'start' ), 10, 3 );
		}
	}

	/**
	 * Adds the action to the actions of a list.
	 *
	 * @param array $actions Labels by name.
	 * @return array
	 */
	public static function add_action_to_list( $actions ) {
		// The list of the trash does not have the action.
		return isset( $actions['untrash'] ) ? $actions : $actions + array( self::ACTION => __( 'Fill missing excerpts', 'nutgraf' ) );
	}

	/**
	 * Starts a run; WordPress has checked the nonce.
	 *
	 * @param string $address  The address of the list.
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
	 * Adds a parameter that WordPress removes from the address bar, so that reloading the page starts no run.
	 *
	 * @param string[] $names Names of parameters.
	 * @return string[]
	 */
	public static function add_removable_parameter( $names ) {
		return array_merge( $names, array( 'nutgraf_run' ) );
	}

	/**
	 * Shows the progress above the list.
	 */
	public static function show() {
		if ( self::is_list() && ! Run::of( get_current_user_id() )->is_empty() ) {
			// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Only continues the user's own run.
			$starts = isset( $_GET['nutgraf_run'] );
			$run    = Run::of( get_current_user_id() )->progress();
			printf(
				'<div id="nutgraf-run" class="notice notice-info nutgraf-run" data-starts="%s" data-run="%s"></div>',
				esc_attr( $starts ? 'yes' : 'no' ),
				// esc_attr() does not escape entities: an entity in a title would end a string of the JSON.
				esc_attr( wp_json_encode( $run, JSON_HEX_AMP | JSON_HEX_QUOT | JSON_HEX_TAG ) )
			);
		}
	}

	/**
	 * Loads the script and the style of the progress.
	 */
	public static function enqueue() {
		if ( self::is_list() ) {
			wp_enqueue_style( 'nutgraf-admin', plugins_url( 'assets/admin.css', FILE ), array(), VERSION );
			wp_enqueue_script( 'nutgraf-run', plugins_url( 'assets/run.js', FILE ), array( 'wp-api-fetch', 'wp-i18n', 'wp-a11y' ), VERSION, true );
			wp_set_script_translations( 'nutgraf-run', 'nutgraf', plugin_dir_path( FILE ) . 'languages' );
		}
	}

	/**
	 * Continues the run of a user for a while. If it is not done, schedules the next event.
	 *
	 * @param int $user_id The user.
	 */
	public static function continue_run( $user_id ) {
		$run = Run::of( (int) $user_id );
		$end = time() + self::WORK_SECONDS;
		while ( ! $run->is_done() && time() < $end ) {
			if ( $run->step()->has_error() ) {
				break;
			}
			// Give the service time to work.
			usleep( 200000 );
		}
		if ( ! $run->is_done() ) {
			self::schedule( (int) $user_id );
		}
	}

	/**
	 * Schedules the event that continues a run.
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
