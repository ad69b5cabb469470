<?php
/**
 * The story that a post belongs to: which recent posts are about the same event.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Proposes posts for a round-up: the service groups the recent posts and the one that is being written.
 */
class Story {

	/**
	 * How many posts, and of how many days, are recent. Later reports of an event seldom come after that.
	 */
	const POSTS = 100;
	const DAYS  = 14;

	/**
	 * Characters of a post and of its title that are sent: the service goes by the opening of a text.
	 */
	const CHARACTERS       = 5000;
	const TITLE_CHARACTERS = 300;

	/**
	 * What the panel says where it proposes nothing because the service can’t.
	 */
	const UNSUPPORTED = array(
		'supported' => false,
		'posts'     => array(),
	);

	/**
	 * The recent posts that belong to a post's story, the newest first.
	 *
	 * @param \WP_Post $post  The post that is being written.
	 * @param array    $edits Its `title` and `content` as they stand in the editor.
	 * @return array|\WP_Error posts, each as the panel lists it, and supported: whether the service groups posts.
	 */
	public static function proposals( $post, $edits ) {
		$written = self::article( $post, $edits );
		$recent  = array();
		$others  = array();
		foreach ( self::recent( $post->ID ) as $each ) {
			$article = self::article( $each );
			if ( null !== $article ) {
				$others[]                 = $article;
				$recent[ $article['id'] ] = $each;
			}
		}
		$posts = array();
		// Where one of the two sides is empty there is nothing to ask.
		if ( null !== $written && $others ) {
			$answer = Client::of_settings()->stories( array( 'articles' => array_merge( array( $written ), $others ) ) );
			if ( is_wp_error( $answer ) ) {
				return 'nutgraf_not_found' === $answer->get_error_code() ? self::UNSUPPORTED : $answer;
			}
			$posts = array_intersect_key( $recent, array_flip( self::neighbours( $answer, $written['id'] ) ) );
		}
		return array(
			'supported' => true,
			'posts'     => array_map( array( Roundup::class, 'described' ), array_values( $posts ) ),
		);
	}

	/**
	 * The newest published posts that the current user may quote.
	 *
	 * @param int $but The post that is being written.
	 * @return \WP_Post[]
	 */
	private static function recent( $but ) {
		$query = array(
			'post_type'        => get_post_types_by_support( array( 'editor', 'excerpt' ) ),
			'post_status'      => 'publish',
			'has_password'     => false,
			'orderby'          => 'date',
			'posts_per_page'   => self::POSTS,
			'post__not_in'     => array( $but ),
			'no_found_rows'    => true,
			'suppress_filters' => false,
			'date_query'       => array(
				'column' => 'post_date_gmt',
				'after'  => gmdate( 'Y-m-d H:i:s', time() - self::DAYS * DAY_IN_SECONDS ),
			),
		);
		return array_filter( get_posts( $query ), array( Roundup::class, 'may_quote' ) );
	}

	/**
	 * A post as an article of a feed; null where there is nothing to go by.
	 *
	 * What is not published yet is written now: news of last week is further from it than news of today.
	 *
	 * @param \WP_Post $post  The post.
	 * @param array    $edits `title` and `content` as they stand in the editor.
	 * @return array|null
	 */
	private static function article( $post, $edits = array() ) {
		$title = isset( $edits['title'] ) ? $edits['title'] : $post->post_title;
		$title = mb_substr( Post_Text::text( $title ), 0, self::TITLE_CHARACTERS );
		$text  = isset( $edits['content'] ) ? $edits['content'] : $post->post_content;
		$text  = mb_substr( Post_Text::text( Post_Text::html( $text ) ), 0, self::CHARACTERS );
		$time  = in_array( $post->post_status, array( 'publish', 'future' ), true ) ? get_post_datetime( $post, 'date', 'gmt' ) : false;
		if ( '' === $text . $title ) {
			return null;
		}
		return array(
			'id'           => (string) $post->ID,
			'title'        => $title,
			// A new post may have no more than its title yet; the service finds the language in the text.
			'text'         => '' === $text ? $title : $text,
			'published_at' => $time ? $time->format( 'c' ) : gmdate( 'c' ),
		);
	}

	/**
	 * The ids of the articles that are in the same story as one.
	 *
	 * @param array  $answer The service's.
	 * @param string $id     The one.
	 * @return string[]
	 */
	private static function neighbours( $answer, $id ) {
		foreach ( $answer['stories'] as $story ) {
			$ids = isset( $story['article_ids'] ) && is_array( $story['article_ids'] ) ? array_filter( $story['article_ids'], 'is_string' ) : array();
			if ( in_array( $id, $ids, true ) ) {
				return $ids;
			}
		}
		return array();
	}
}
