<?php
/**
 * Related copy: other posts as the cluster for a round-up whose sentences link to them.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Finds posts that may be quoted, and quotes them.
 */
class Roundup {

	/**
	 * Posts with a password or for logged-in eyes only are not offered: a round-up would give them away.
	 */
	const STATUSES = array( 'publish', 'future', 'draft', 'pending' );
	const SHOWN    = 20;

	/**
	 * As many articles as a request takes.
	 */
	const MOST = 100;

	/**
	 * Posts to choose from: the newest, or those that a search finds, that the current user may read.
	 *
	 * @param string $search What to look for; '' for the newest.
	 * @param int    $but    The post that is being written.
	 * @return array[] Each with id, title, status and date.
	 */
	public static function candidates( $search, $but ) {
		$query = array(
			'post_type'        => get_post_types_by_support( array( 'editor', 'excerpt' ) ),
			'post_status'      => self::STATUSES,
			'has_password'     => false,
			'orderby'          => 'modified',
			'posts_per_page'   => 3 * self::SHOWN,
			'post__not_in'     => array( $but ),
			'no_found_rows'    => true,
			'suppress_filters' => false,
		);
		if ( '' !== $search ) {
			$query['s'] = $search;
		}
		$posts = array_filter( get_posts( $query ), array( self::class, 'may_quote' ) );
		return array_map( array( self::class, 'described' ), array_slice( array_values( $posts ), 0, self::SHOWN ) );
	}

	/**
	 * Whether the current user may read a post and so quote it: a published one, their own, or one that they may edit.
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
	 * The round-up of posts: its sentences with their posts, and the HTML of a paragraph of them.
	 *
	 * @param int[]  $post_ids The cluster.
	 * @param string $profile  The length's name.
	 * @return array|\WP_Error
	 */
	public static function of( $post_ids, $profile ) {
		$posts = array();
		foreach ( array_slice( array_unique( array_map( 'intval', $post_ids ) ), 0, self::MOST ) as $id ) {
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
		$answer  = Client::of_settings()->summarize( $request );
		return is_wp_error( $answer ) ? $answer : self::written( $answer, $posts, $profile );
	}

	/**
	 * An answer as the editor shows and inserts it.
	 *
	 * @param array      $answer  The service's.
	 * @param \WP_Post[] $posts   The cluster by id.
	 * @param string     $profile The length's name.
	 * @return array|\WP_Error
	 */
	private static function written( $answer, $posts, $profile ) {
		$sentences = array();
		$links     = array();
		foreach ( isset( $answer['summary']['sentences'] ) ? $answer['summary']['sentences'] : array() as $sentence ) {
			if ( ! isset( $sentence['text'], $sentence['article_id'], $posts[ (int) $sentence['article_id'] ] ) ) {
				continue;
			}
			$post        = $posts[ (int) $sentence['article_id'] ];
			$sentences[] = array_merge( self::described( $post ), array( 'text' => $sentence['text'] ) );
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
	 * A post as the panel lists it.
	 *
	 * @param \WP_Post $post The post.
	 * @return array
	 */
	public static function described( $post ) {
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
