<?php
/**
 * The story that a post belongs to: which recent posts are about the same event.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Proposes posts for a round-up: the service groups the recent posts together with the edited post.
 */
class Story {

	/**
	 * The maximum number and age of recent posts. Later reports of the same event are rare.
	 */
	const POSTS = 100;
	const DAYS  = 14;

	/**
	 * The maximum characters of a post and of its title that are sent. The service groups articles by the start of their texts.
	 */
	const CHARACTERS       = 5000;
	const TITLE_CHARACTERS = 300;

	/**
	 * The result if the service cannot group posts.
	 */
	const UNSUPPORTED = array(
		'supported' => false,
		'posts'     => array(),
	);

	/**
	 * The recent posts that belong to the story of a post, the newest first.
	 *
	 * @param \WP_Post $post  The edited post.
	 * @param array    $edits Its `title` and `content` in the editor.
	 * @return array|\WP_Error posts, as Roundup::list_entry() returns them, and supported: whether the service can group posts.
	 */
	public static function proposals( $post, $edits ) {
		$edited_article = self::article( $post, $edits );
		$recent         = array();
		$others         = array();
		foreach ( self::recent( $post->ID ) as $recent_post ) {
			$article = self::article( $recent_post );
			if ( null !== $article ) {
				$others[]                 = $article;
				$recent[ $article['id'] ] = $recent_post;
			}
		}
		$posts = array();
		// Without a text, or without other posts, there is nothing to group.
		if ( null !== $edited_article && $others ) {
			$answer = Client::from_settings()->stories( array( 'articles' => array_merge( array( $edited_article ), $others ) ) );
			if ( is_wp_error( $answer ) ) {
				return 'nutgraf_not_found' === $answer->get_error_code() ? self::UNSUPPORTED : $answer;
			}
			$posts = array_intersect_key( $recent, array_flip( self::same_story_ids( $answer, $edited_article['id'] ) ) );
		}
		return array(
			'supported' => true,
			'posts'     => array_map( array( Roundup::class, 'list_entry' ), array_values( $posts ) ),
		);
	}

	/**
	 * The newest published posts that the current user may quote.
	 *
	 * @param int $edited_id The edited post.
	 * @return \WP_Post[]
	 */
	private static function recent( $edited_id ) {
		$query = array(
			'post_type'        => get_post_types_by_support( array( 'editor', 'excerpt' ) ),
			'post_status'      => 'publish',
			'has_password'     => false,
			'orderby'          => 'date',
			'posts_per_page'   => self::POSTS,
			'post__not_in'     => array( $edited_id ),
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
	 * A post as an article for POST /stories; null if it has neither text nor title.
	 *
	 * An unpublished post has the present time, so that recent posts are closer to it than older ones.
	 *
	 * @param \WP_Post $post  The post.
	 * @param array    $edits Its `title` and `content` in the editor.
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
			// A new post may have only a title. The service detects the language in the text.
			'text'         => '' === $text ? $title : $text,
			'published_at' => $time ? $time->format( 'c' ) : gmdate( 'c' ),
		);
	}

	/**
	 * The ids of all articles in the story of one article.
	 *
	 * @param array  $answer The answer of the service.
	 * @param string $id     The id of that article.
	 * @return string[]
	 */
	private static function same_story_ids( $answer, $id ) {
		foreach ( $answer['stories'] as $story ) {
			$ids = isset( $story['article_ids'] ) && is_array( $story['article_ids'] ) ? array_filter( $story['article_ids'], 'is_string' ) : array();
			if ( in_array( $id, $ids, true ) ) {
				return $ids;
			}
		}
		return array();
	}
}
