<?php
/**
 * Related copy: a round-up of several posts. Its sentences link to the posts.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Finds posts that may be quoted, and makes round-ups of them.
 */
class Roundup {

	/**
	 * Private posts and posts with a password are not offered: a round-up would publish their text.
	 */
	const STATUSES       = array( 'publish', 'future', 'draft', 'pending' );
	const MAX_CANDIDATES = 20;

	/**
	 * The most articles that the service accepts in a request.
	 */
	const MAX_POSTS = 100;

	/**
	 * The posts that the current user may quote: the newest, or those that a search finds.
	 *
	 * @param string $search The search text; '' for the newest posts.
	 * @param int    $edited_id    The edited post.
	 * @return array[] Each with id, title, status and date.
	 */
	public static function candidates( $search, $edited_id ) {
		$query = array(
			'post_type'        => get_post_types_by_support( array( 'editor', 'excerpt' ) ),
			'post_status'      => self::STATUSES,
			'has_password'     => false,
			'orderby'          => 'modified',
			'posts_per_page'   => 3 * self::MAX_CANDIDATES,
			'post__not_in'     => array( $edited_id ),
			'no_found_rows'    => true,
			'suppress_filters' => false,
		);
		if ( '' !== $search ) {
			$query['s'] = $search;
		}
		$posts = array_filter( get_posts( $query ), array( self::class, 'may_quote' ) );
		return array_map( array( self::class, 'list_entry' ), array_slice( array_values( $posts ), 0, self::MAX_CANDIDATES ) );
	}

	/**
	 * Whether the current user may quote a post: a published post, their own post, or a post that they may edit.
	 *
	 * @param \WP_Post|null $post The post.
	 * @return bool
	 */
	public static function may_quote( $post ) {
		if ( ! $post || '' !== $post->post_password || ! in_array( $post->post_status, self::STATUSES, true ) ) {
			return false;
		}
		return current_user_can( 'read_post', $post->ID );
	}

	/**
	 * A round-up of posts: its sentences with their posts, and the HTML of a paragraph.
	 *
	 * @param int[]  $post_ids The posts.
	 * @param string $profile  The name of the profile.
	 * @return array|\WP_Error
	 */
	public static function from_posts( $post_ids, $profile ) {
		$posts = array();
		foreach ( array_slice( array_unique( array_map( 'intval', $post_ids ) ), 0, self::MAX_POSTS ) as $id ) {
			$post = get_post( $id );
			if ( ! self::may_quote( $post ) ) {
				return new \WP_Error( 'nutgraf_forbidden', __( 'You may not quote one of these posts.', 'nutgraf' ), array( 'status' => 403 ) );
			}
			$posts[ $id ] = $post;
		}
		$request = array(
			'articles'  => array_values( array_map( array( Post_Text::class, 'article' ), $posts ) ),
			'length'    => $profile,
			'headlines' => array( 'count' => 0 ),
			'keywords'  => 0,
		);
		$answer  = Client::from_settings()->summarize( $request );
		return is_wp_error( $answer ) ? $answer : self::from_answer( $answer, $posts, $profile );
	}

	/**
	 * The round-up in an answer, as the editor shows and inserts it.
	 *
	 * @param array      $answer  The answer of the service.
	 * @param \WP_Post[] $posts   The posts by id.
	 * @param string     $profile The name of the profile.
	 * @return array|\WP_Error
	 */
	private static function from_answer( $answer, $posts, $profile ) {
		$sentences = array();
		$links     = array();
		foreach ( isset( $answer['summary']['sentences'] ) ? $answer['summary']['sentences'] : array() as $sentence ) {
			if ( ! isset( $sentence['text'], $sentence['article_id'], $posts[ (int) $sentence['article_id'] ] ) ) {
				continue;
			}
			$post        = $posts[ (int) $sentence['article_id'] ];
			$sentences[] = array_merge( self::list_entry( $post ), array( 'text' => $sentence['text'] ) );
			$links[]     = sprintf( '<a href="%s">%s</a>', esc_url( get_permalink( $post ) ), esc_html( $sentence['text'] ) );
		}
		if ( ! $sentences ) {
			/* translators: %s: name of a length, such as push. */
			return new \WP_Error( 'nutgraf_empty', sprintf( __( 'No sentence of these posts fits the length “%s”. Choose a longer one.', 'nutgraf' ), $profile ), array( 'status' => 422 ) );
		}
		return array(
			'sentences' => $sentences,
			'html'      => implode( ' ', $links ),
		);
	}

	/**
	 * A post as an entry of the list in the panel.
	 *
	 * @param \WP_Post $post The post.
	 * @return array
	 */
	public static function list_entry( $post ) {
		$title  = html_entity_decode( wp_strip_all_tags( $post->post_title ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		$status = get_post_status_object( $post->post_status );
		return array(
			'id'        => $post->ID,
			'title'     => '' === $title ? __( '(no title)', 'nutgraf' ) : $title,
			'published' => 'publish' === $post->post_status,
			'status'    => $status ? $status->label : $post->post_status,
		);
	}
}
