<?php
/**
 * What the editor, the settings page and the list of posts ask: nutgraf/v1.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * REST routes. WordPress checks the nonce; each route asks who may.
 */
class Routes {

	const SPACE = 'nutgraf/v1';

	/**
	 * Suggestions for a title.
	 */
	const HEADLINES = 5;

	/**
	 * How long the service's profiles are remembered.
	 */
	const PROFILES_SECONDS = 300;

	/**
	 * Hooks the routes in.
	 */
	public static function register() {
		add_action( 'rest_api_init', array( self::class, 'add' ) );
	}

	/**
	 * Adds the routes.
	 */
	public static function add() {
		$text  = array(
			'type'    => 'string',
			'default' => '',
		);
		$edits = array(
			'title'   => $text,
			'content' => $text,
		);
		$post  = $edits + array(
			'excerpt' => $text,
			'profile' => $text,
		);
		self::route( '/posts/(?P<id>\d+)/summary', 'POST', 'summary', 'may_edit', $post );
		self::route(
			'/posts/(?P<id>\d+)/headlines',
			'POST',
			'headlines',
			'may_edit',
			$post + array(
				'characters' => array(
					'type'    => 'integer',
					'minimum' => Settings::LEAST_CHARACTERS,
					'maximum' => Settings::MOST_CHARACTERS,
				),
			)
		);
		$cluster = array(
			'type'     => 'array',
			'items'    => array( 'type' => 'integer' ),
			'minItems' => 1,
			'maxItems' => Roundup::MOST,
			'required' => true,
		);
		self::route(
			'/posts/(?P<id>\d+)/roundup',
			'POST',
			'roundup',
			'may_edit',
			array(
				'posts'   => $cluster,
				'profile' => $text,
			)
		);
		self::route( '/posts/(?P<id>\d+)/related', 'GET', 'related', 'may_edit', array( 'search' => $text ) );
		self::route( '/posts/(?P<id>\d+)/story', 'POST', 'story', 'may_edit', $edits );
		self::route( '/profiles', 'GET', 'profiles', 'may_write' );
		self::route( '/connection', 'POST', 'connection', 'may_manage' );
		self::route( '/run', 'POST', 'step', 'may_write' );
		self::route( '/run', 'DELETE', 'end', 'may_write' );
	}

	/**
	 * A summary for the excerpt of a post as it stands in the editor.
	 *
	 * @param \WP_REST_Request $request With title, content, excerpt and profile.
	 * @return array|\WP_Error excerpt, and by_hand: whether a person wrote the one that is there.
	 */
	public static function summary( $request ) {
		$profile = self::profile( $request );
		$article = Post_Text::article( get_post( (int) $request['id'] ), self::edits( $request ) );
		$answer  = Client::of_settings()->summarize( Excerpts::request( $article, $profile ) );
		$excerpt = is_wp_error( $answer ) ? $answer : Excerpts::of_answer( $answer, $profile );
		if ( is_wp_error( $excerpt ) ) {
			return $excerpt;
		}
		$by_hand = Excerpts::is_by_hand( (int) $request['id'], $request['excerpt'] );
		Excerpts::remember( (int) $request['id'], array( $excerpt ) );
		return array(
			'excerpt' => $excerpt,
			'by_hand' => $by_hand,
		);
	}

	/**
	 * Suggestions for the title of a post as it stands in the editor.
	 *
	 * @param \WP_REST_Request $request With title, content and characters.
	 * @return array|\WP_Error headlines, and by_hand: whether a person wrote the title that is there.
	 */
	public static function headlines( $request ) {
		$characters = $request['characters'] ? (int) $request['characters'] : Settings::get( 'headline_characters' );
		// Without the title: a working title is no headline to choose, and would keep what is like it from the list.
		$article = Post_Text::article( get_post( (int) $request['id'] ), array( 'title' => '' ) + self::edits( $request ) );
		$wanted  = array(
			'articles'  => array( $article ),
			'length'    => array( 'sentences' => 1 ),
			'headlines' => array(
				'count'          => self::HEADLINES,
				'max_characters' => $characters,
			),
			'keywords'  => 0,
		);
		$answer  = Client::of_settings()->summarize( $wanted );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$titles  = array_map( array( Post_Text::class, 'plain' ), array_filter( wp_list_pluck( $answer['headlines'], 'text' ), 'is_string' ) );
		$titles  = array_values( $titles );
		$by_hand = Excerpts::is_by_hand( (int) $request['id'], $request['title'] );
		Excerpts::remember( (int) $request['id'], $titles );
		return array(
			'headlines' => $titles,
			'by_hand'   => $by_hand,
		);
	}

	/**
	 * Posts for a round-up to choose from.
	 *
	 * @param \WP_REST_Request $request With search.
	 * @return array[]
	 */
	public static function related( $request ) {
		return Roundup::candidates( trim( $request['search'] ), (int) $request['id'] );
	}

	/**
	 * Recent posts of the story that a post belongs to, as it stands in the editor.
	 *
	 * @param \WP_REST_Request $request With title and content.
	 * @return array|\WP_Error
	 */
	public static function story( $request ) {
		return Story::proposals( get_post( (int) $request['id'] ), self::edits( $request ) );
	}

	/**
	 * A round-up of posts.
	 *
	 * @param \WP_REST_Request $request With posts and profile.
	 * @return array|\WP_Error
	 */
	public static function roundup( $request ) {
		return Roundup::of( $request['posts'], self::profile( $request ) );
	}

	/**
	 * The lengths that the service knows, the usual one first.
	 *
	 * @return array|\WP_Error
	 */
	public static function profiles() {
		$known = get_transient( 'nutgraf_profiles' );
		if ( ! is_array( $known ) ) {
			$known = Client::of_settings()->profiles();
			if ( is_wp_error( $known ) ) {
				return $known;
			}
			set_transient( 'nutgraf_profiles', $known, self::PROFILES_SECONDS );
		}
		return $known;
	}

	/**
	 * Tests the connection with the settings as they stand in the form.
	 *
	 * @param \WP_REST_Request $request With address, key, timeout and profile.
	 * @return array ok, and a sentence.
	 */
	public static function connection( $request ) {
		$said = Connection::test( (array) $request->get_json_params() );
		return array(
			'ok'      => ! is_wp_error( $said ),
			'message' => is_wp_error( $said ) ? $said->get_error_message() : $said,
		);
	}

	/**
	 * Takes the current user's run one step on.
	 *
	 * @return array
	 */
	public static function step() {
		return Run::of( get_current_user_id() )->step()->described();
	}

	/**
	 * Forgets the current user's run.
	 *
	 * @return array
	 */
	public static function end() {
		Run::of( get_current_user_id() )->end();
		return array( 'ended' => true );
	}

	/**
	 * Whether the current user may edit the post that is asked about.
	 *
	 * @param \WP_REST_Request $request With id.
	 * @return bool
	 */
	public static function may_edit( $request ) {
		return get_post( (int) $request['id'] ) && current_user_can( 'edit_post', (int) $request['id'] );
	}

	/**
	 * Whether the current user may write posts at all.
	 *
	 * @return bool
	 */
	public static function may_write() {
		return current_user_can( 'edit_posts' );
	}

	/**
	 * Whether the current user may change the settings.
	 *
	 * @return bool
	 */
	public static function may_manage() {
		return current_user_can( 'manage_options' );
	}

	/**
	 * Adds one route.
	 *
	 * @param string $path       Below the name space.
	 * @param string $method     The HTTP method.
	 * @param string $callback   The method here that answers.
	 * @param string $permission The method here that says who may.
	 * @param array  $args       The parameters, as WordPress takes them.
	 */
	private static function route( $path, $method, $callback, $permission, $args = array() ) {
		$route = array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( self::class, $permission ),
			'args'                => $args,
		);
		register_rest_route( self::SPACE, $path, $route );
	}

	/**
	 * What stands in the editor.
	 *
	 * @param \WP_REST_Request $request With title and content.
	 * @return array
	 */
	private static function edits( $request ) {
		return array(
			'title'   => $request['title'],
			'content' => $request['content'],
		);
	}

	/**
	 * The length that a request names, else the usual one.
	 *
	 * @param \WP_REST_Request $request With profile.
	 * @return string
	 */
	private static function profile( $request ) {
		return '' === $request['profile'] ? Settings::get( 'profile' ) : $request['profile'];
	}
}
