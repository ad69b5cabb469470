<?php
/**
 * A run: many posts that want an excerpt, taken on step by step until all have theirs.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * One user's run. It is stored after each step, so that whoever is interrupted goes on where it stopped.
 *
 * Steps may overlap (a browser's and the background's): a job is handed over under a name that makes it once, and an excerpt
 * is written only where there is none.
 */
class Run {

	const META = 'nutgraf_run';

	/**
	 * Posts handed over at a time, and excerpts written in one step: a step shall be over in a second or two.
	 */
	const HANDED_OVER = 50;
	const WRITTEN     = 5;

	/**
	 * So often a job that the service has lost is handed over again.
	 */
	const TRIES = 3;

	/**
	 * The user.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * States by post: waiting, filled, kept or failed, and why; job ids with their posts; the last error.
	 *
	 * @var array
	 */
	private $stored;

	/**
	 * A user's run, empty where there is none.
	 *
	 * @param int $user_id The user.
	 * @return Run
	 */
	public static function of( $user_id ) {
		$run          = new self();
		$run->user_id = $user_id;
		$stored       = get_user_meta( $user_id, self::META, true );
		$run->stored  = is_array( $stored ) ? $stored : array(
			'name'  => wp_generate_uuid4(),
			'posts' => array(),
			'jobs'  => array(),
			'tries' => 0,
			'error' => '',
		);
		return $run;
	}

	/**
	 * Adds posts; what still waits from before stays.
	 *
	 * @param int[] $post_ids The posts.
	 */
	public function add( $post_ids ) {
		$waiting = array_fill_keys( $this->posts(), array( 'state' => 'waiting' ) );
		if ( ! $waiting ) {
			$this->end();
			$this->stored = self::of( $this->user_id )->stored;
		}
		$new = array();
		foreach ( $post_ids as $id ) {
			$new[ $id ] = Outcome::first( $this->user_id, $id );
		}
		$this->stored['posts'] = $waiting + $new;
		$this->stored['error'] = '';
		$this->save();
	}

	/**
	 * Hands over what waits, or writes some of what has come back.
	 *
	 * @return Run Itself, stored.
	 */
	public function step() {
		$this->stored['error'] = '';
		$waiting               = $this->posts();
		$handed_over           = array_merge( array(), ...array_values( $this->stored['jobs'] ) );
		$next                  = array_slice( array_values( array_diff( $waiting, $handed_over ) ), 0, self::HANDED_OVER );
		if ( $next ) {
			$this->hand_over( $next );
		} elseif ( $this->stored['jobs'] ) {
			reset( $this->stored['jobs'] );
			$this->collect( (string) key( $this->stored['jobs'] ) );
		}
		$this->save();
		return $this;
	}

	/**
	 * Whether no post waits any more.
	 *
	 * @return bool
	 */
	public function is_done() {
		return ! $this->posts();
	}

	/**
	 * Whether the last step met an error.
	 *
	 * @return bool
	 */
	public function has_stopped() {
		return '' !== $this->stored['error'];
	}

	/**
	 * Whether there is anything to show.
	 *
	 * @return bool
	 */
	public function is_empty() {
		return ! $this->stored['posts'];
	}

	/**
	 * Forgets the run, and has the service forget its jobs.
	 */
	public function end() {
		foreach ( array_keys( $this->stored['jobs'] ) as $job ) {
			Client::of_settings()->forget( (string) $job );
		}
		$this->stored['jobs'] = array();
		delete_user_meta( $this->user_id, self::META );
	}

	/**
	 * The run as the list of posts shows it.
	 *
	 * @return array
	 */
	public function described() {
		$failed = array();
		foreach ( $this->posts( 'failed' ) as $id ) {
			$failed[] = array(
				'title'  => html_entity_decode( wp_strip_all_tags( get_the_title( $id ) ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ),
				'edit'   => (string) get_edit_post_link( $id, 'raw' ),
				'reason' => $this->stored['posts'][ $id ]['reason'],
			);
		}
		return array(
			'total'   => count( $this->stored['posts'] ),
			'waiting' => count( $this->posts() ),
			'filled'  => count( $this->posts( 'filled' ) ),
			'kept'    => count( $this->posts( 'kept' ) ),
			'failed'  => $failed,
			'error'   => $this->stored['error'],
		);
	}

	/**
	 * Makes a job of posts.
	 *
	 * @param int[] $post_ids The posts.
	 */
	private function hand_over( $post_ids ) {
		$requests = array();
		foreach ( $post_ids as $id ) {
			$this->stored['posts'][ $id ] = Outcome::first( $this->user_id, $id );
			if ( 'waiting' === $this->stored['posts'][ $id ]['state'] ) {
				$requests[ $id ] = Excerpts::request( Post_Text::article( get_post( $id ) ), Settings::get( 'profile' ) );
			}
		}
		if ( ! $requests ) {
			return;
		}
		$name = hash( 'sha256', wp_json_encode( array( $this->stored['name'], $this->stored['tries'], $requests ) ) );
		$job  = Client::of_settings()->submit( array_values( $requests ), $name );
		if ( is_wp_error( $job ) ) {
			$this->stored['error'] = $job->get_error_message();
			return;
		}
		$this->stored['jobs'][ $job['id'] ] = array_keys( $requests );
	}

	/**
	 * Writes some of what a job has answered.
	 *
	 * @param string $job_id The job.
	 */
	private function collect( $job_id ) {
		$client  = Client::of_settings();
		$job     = $client->job( $job_id );
		$results = is_wp_error( $job ) ? $job : $client->results( $job_id );
		if ( is_wp_error( $results ) ) {
			$data = $results->get_error_data();
			if ( isset( $data['status'] ) && 404 === $data['status'] ) {
				$this->lose( $job_id );
			} else {
				$this->stored['error'] = $results->get_error_message();
			}
			return;
		}
		$left = self::WRITTEN;
		foreach ( $results as $line ) {
			$id = isset( $line['index'], $this->stored['jobs'][ $job_id ][ $line['index'] ] ) ? $this->stored['jobs'][ $job_id ][ $line['index'] ] : 0;
			if ( $left && in_array( $id, $this->posts(), true ) ) {
				$this->stored['posts'][ $id ] = Outcome::of_line( $this->user_id, $id, $line );
				--$left;
			}
		}
		$open = array_intersect( $this->stored['jobs'][ $job_id ], $this->posts() );
		if ( ! $open ) {
			$client->forget( $job_id );
			unset( $this->stored['jobs'][ $job_id ] );
		} elseif ( self::WRITTEN === $left && in_array( $job['state'], array( 'done', 'canceled' ), true ) ) {
			$this->lose( $job_id );
		}
	}

	/**
	 * Lets a job go that the service has not any more: its posts wait anew, and after some tries fail.
	 *
	 * @param string $job_id The job.
	 */
	private function lose( $job_id ) {
		++$this->stored['tries'];
		if ( $this->stored['tries'] > self::TRIES ) {
			foreach ( array_intersect( $this->stored['jobs'][ $job_id ], $this->posts() ) as $id ) {
				$this->stored['posts'][ $id ] = Outcome::failure( __( 'Nutgraf lost the job. Run the action again.', 'nutgraf' ) );
			}
		}
		unset( $this->stored['jobs'][ $job_id ] );
	}

	/**
	 * The posts in a state.
	 *
	 * @param string $state One of them.
	 * @return int[]
	 */
	private function posts( $state = 'waiting' ) {
		return array_keys( wp_list_filter( $this->stored['posts'], array( 'state' => $state ) ) );
	}

	/**
	 * Stores the run.
	 */
	private function save() {
		update_user_meta( $this->user_id, self::META, wp_slash( $this->stored ) );
	}
}
