<?php
/**
 * The REST routes for the editor, the settings page and the list of posts: nutgraf/v1.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * REST routes. WordPress checks the nonce; each route checks the rights of the user.
 */
class Routes {

	const API_NAMESPACE = 'nutgraf/v1';

	/**
	 * The number of headline suggestions.
	 */
	const HEADLINE_COUNT = 5;

	/**
	 * How long the profiles of the service are cached.
	 */
	const PROFILES_SECONDS = 300;

	/**
	 * Registers the hook that adds the routes.
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
					'minimum' => Settings::MIN_CHARACTERS,
					'maximum' => Settings::MAX_CHARACTERS,
				),
			)
		);
		$cluster = array(
			'type'     => 'array',
			'items'    => array( 'type' => 'integer' ),
			'minItems' => 1,
			'maxItems' => Roundup::MAX_POSTS,
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
	 * A summary for the excerpt of a post, made from the text in the editor.
	 *
	 * @param \WP_REST_Request $request With title, content, excerpt and profile.
	 * @return array|\WP_Error excerpt, and by_hand: whether a person wrote the current excerpt.
	 */
	public static function summary( $request ) {
		$profile = self::profile( $request );
		$article = Post_Text::article( get_post( (int) $request['id'] ), self::edits( $request ) );
		$answer  = Client::from_settings()->summarize( Excerpts::request( $article, $profile ) );
		$excerpt = is_wp_error( $answer ) ? $answer : Excerpts::from_answer( $answer, $profile );
		if ( is_wp_error( $excerpt ) ) {
			return $excerpt;
		}
		$by_hand = Excerpts::is_written_by_hand( (int) $request['id'], $request['excerpt'] );
		Excerpts::remember_generated( (int) $request['id'], array( $excerpt ) );
		return array(
			'excerpt' => $excerpt,
			'by_hand' => $by_hand,
		);
	}

	/**
	 * Suggestions for the title of a post, made from the text in the editor.
	 *
	 * @param \WP_REST_Request $request With title, content and characters.
	 * @return array|\WP_Error headlines, and by_hand: whether a person wrote the current title.
	 */
	public static function headlines( $request ) {
		$characters = $request['characters'] ? (int) $request['characters'] : Settings::get( 'headline_characters' );
		// The title is not sent: it would be suggested itself, and would keep similar headlines from the list.
		$article = Post_Text::article( get_post( (int) $request['id'] ), array( 'title' => '' ) + self::edits( $request ) );
		$body    = array(
			'articles'  => array( $article ),
			'length'    => array( 'sentences' => 1 ),
			'headlines' => array(
				'count'          => self::HEADLINE_COUNT,
				'max_characters' => $characters,
			),
			'keywords'  => 0,
		);
		$answer  = Client::from_settings()->summarize( $body );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$titles  = array_map( array( Post_Text::class, 'escape_tags' ), array_filter( wp_list_pluck( $answer['headlines'], 'text' ), 'is_string' ) );
		$titles  = array_values( $titles );
		$by_hand = Excerpts::is_written_by_hand( (int) $request['id'], $request['title'] );
		Excerpts::remember_generated( (int) $request['id'], $titles );
		return array(
			'headlines' => $titles,
			'by_hand'   => $by_hand,
		);
	}

	/**
	 * Posts that the user can choose for a round-up.
	 *
	 * @param \WP_REST_Request $request With search.
	 * @return array[]
	 */
	public static function related( $request ) {
		return Roundup::candidates( trim( $request['search'] ), (int) $request['id'] );
	}

	/**
	 * Recent posts of the story to which the text in the editor belongs.
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
		return Roundup::from_posts( $request['posts'], self::profile( $request ) );
	}

	/**
	 * The profiles of the service.
	 *
	 * @return array|\WP_Error
	 */
	public static function profiles() {
		$profiles = get_transient( 'nutgraf_profiles' );
		if ( ! is_array( $profiles ) ) {
			$profiles = Client::from_settings()->profiles();
			if ( is_wp_error( $profiles ) ) {
				return $profiles;
			}
			set_transient( 'nutgraf_profiles', $profiles, self::PROFILES_SECONDS );
		}
		return $profiles;
	}

	/**
	 * Tests the connection with the values in the settings form.
	 *
	 * @param \WP_REST_Request $request With address, key, timeout and profile.
	 * @return array ok, and a sentence.
	 */
	public static function connection( $request ) {
		$outcome = Connection::test( (array) $request->get_json_params() );
		return array(
			'ok'      => ! is_wp_error( $outcome ),
			'message' => is_wp_error( $outcome ) ? $outcome->get_error_message() : $outcome,
		);
	}

	/**
	 * Performs the next step of the current user's run.
	 *
	 * @return array
	 */
	public static function step() {
		return Run::of( get_current_user_id() )->step()->progress();
	}

	/**
	 * Deletes the current user's run.
	 *
	 * @return array
	 */
	public static function end() {
		Run::of( get_current_user_id() )->end();
		return array( 'ended' => true );
	}

	/**
	 * Whether the current user may edit the post of a request.
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
	 * @param string $path       The path below the namespace.
	 * @param string $method     The HTTP method.
	 * @param string $callback   The method of this class that answers.
	 * @param string $permission The method of this class that checks the rights.
	 * @param array  $args       The parameters in the form of register_rest_route().
	 */
	private static function route( $path, $method, $callback, $permission, $args = array() ) {
		$route = array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( self::class, $permission ),
			'args'                => $args,
		);
		register_rest_route( self::API_NAMESPACE, $path, $route );
	}

	/**
	 * The title and the content in the editor.
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
	 * The profile of a request, otherwise that of the settings.
	 *
	 * @param \WP_REST_Request $request With profile.
	 * @return string
	 */
	private static function profile( $request ) {
		return '' === $request['profile'] ? Settings::get( 'profile' ) : $request['profile'];
	}
}
