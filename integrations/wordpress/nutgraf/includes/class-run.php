<?php
/**
 * A run: the excerpts of many posts are filled step by step.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * The run of one user. It is stored after each step, so that an interrupted run continues where it stopped.
 *
 * The browser and the background may perform steps at the same time. Each job has an idempotency key, so it is created only
 * once, and an excerpt is written only if the post has none.
 */
class Run {

	const META = 'nutgraf_run';

	/**
	 * Posts in one job, and excerpts written in one step. They are limited so that a step takes at most two seconds.
	 */
	const JOB_SIZE     = 50;
	const MAX_EXCERPTS = 5;

	/**
	 * How often jobs that the service has lost are submitted again.
	 */
	const MAX_LOST_JOBS = 3;

	/**
	 * The user.
	 *
	 * @var int
	 */
	private $user_id;

	/**
	 * The states of the posts (see Outcome), the posts of each job, the number of lost jobs, and the last error.
	 *
	 * @var array
	 */
	private $stored;

	/**
	 * The run of a user; an empty run if there is none.
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
	 * Adds posts. Posts that are still waiting from before stay in the run.
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
			$new[ $id ] = Outcome::initial( $this->user_id, $id );
		}
		$this->stored['posts'] = $waiting + $new;
		$this->stored['error'] = '';
		$this->save();
	}

	/**
	 * Submits waiting posts as a job, or writes some of the results.
	 *
	 * @return Run This run, stored.
	 */
	public function step() {
		$this->stored['error'] = '';
		$waiting               = $this->posts();
		$submitted             = array_merge( array(), ...array_values( $this->stored['jobs'] ) );
		$next                  = array_slice( array_values( array_diff( $waiting, $submitted ) ), 0, self::JOB_SIZE );
		if ( $next ) {
			$this->submit_job( $next );
		} elseif ( $this->stored['jobs'] ) {
			reset( $this->stored['jobs'] );
			$this->write_results( (string) key( $this->stored['jobs'] ) );
		}
		$this->save();
		return $this;
	}

	/**
	 * Whether no post is waiting.
	 *
	 * @return bool
	 */
	public function is_done() {
		return ! $this->posts();
	}

	/**
	 * Whether the last step failed.
	 *
	 * @return bool
	 */
	public function has_error() {
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
	 * Deletes the run here, and its jobs in the service.
	 */
	public function end() {
		foreach ( array_keys( $this->stored['jobs'] ) as $job ) {
			Client::from_settings()->delete_job( (string) $job );
		}
		$this->stored['jobs'] = array();
		delete_user_meta( $this->user_id, self::META );
	}

	/**
	 * The run as the list of posts shows it.
	 *
	 * @return array
	 */
	public function progress() {
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
	 * Submits posts as a job.
	 *
	 * @param int[] $post_ids The posts.
	 */
	private function submit_job( $post_ids ) {
		$requests = array();
		foreach ( $post_ids as $id ) {
			$this->stored['posts'][ $id ] = Outcome::initial( $this->user_id, $id );
			if ( 'waiting' === $this->stored['posts'][ $id ]['state'] ) {
				$requests[ $id ] = Excerpts::request( Post_Text::article( get_post( $id ) ), Settings::get( 'profile' ) );
			}
		}
		if ( ! $requests ) {
			return;
		}
		$name = hash( 'sha256', wp_json_encode( array( $this->stored['name'], $this->stored['tries'], $requests ) ) );
		$job  = Client::from_settings()->submit( array_values( $requests ), $name );
		if ( is_wp_error( $job ) ) {
			$this->stored['error'] = $job->get_error_message();
			return;
		}
		$this->stored['jobs'][ $job['id'] ] = array_keys( $requests );
	}

	/**
	 * Writes the excerpts of some results of a job.
	 *
	 * @param string $job_id The job.
	 */
	private function write_results( $job_id ) {
		$client  = Client::from_settings();
		$job     = $client->job( $job_id );
		$results = is_wp_error( $job ) ? $job : $client->results( $job_id );
		if ( is_wp_error( $results ) ) {
			$data = $results->get_error_data();
			if ( isset( $data['status'] ) && 404 === $data['status'] ) {
				$this->drop_job( $job_id );
			} else {
				$this->stored['error'] = $results->get_error_message();
			}
			return;
		}
		$remaining = self::MAX_EXCERPTS;
		foreach ( $results as $result ) {
			$id = isset( $result['index'], $this->stored['jobs'][ $job_id ][ $result['index'] ] ) ? $this->stored['jobs'][ $job_id ][ $result['index'] ] : 0;
			if ( $remaining && in_array( $id, $this->posts(), true ) ) {
				$this->stored['posts'][ $id ] = Outcome::from_result( $this->user_id, $id, $result );
				--$remaining;
			}
		}
		$unfinished = array_intersect( $this->stored['jobs'][ $job_id ], $this->posts() );
		if ( ! $unfinished ) {
			$client->delete_job( $job_id );
			unset( $this->stored['jobs'][ $job_id ] );
		} elseif ( self::MAX_EXCERPTS === $remaining && in_array( $job['state'], array( 'done', 'canceled' ), true ) ) {
			$this->drop_job( $job_id );
		}
	}

	/**
	 * Drops a job that the service no longer has. Its posts wait again; after too many lost jobs they fail.
	 *
	 * @param string $job_id The job.
	 */
	private function drop_job( $job_id ) {
		++$this->stored['tries'];
		if ( $this->stored['tries'] > self::MAX_LOST_JOBS ) {
			foreach ( array_intersect( $this->stored['jobs'][ $job_id ], $this->posts() ) as $id ) {
				$this->stored['posts'][ $id ] = Outcome::failed( __( 'Nutgraf no longer has this job. Run the action again.', 'nutgraf' ) );
			}
		}
		unset( $this->stored['jobs'][ $job_id ] );
	}

	/**
	 * The posts in a state.
	 *
	 * @param string $state A state of Outcome.
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
