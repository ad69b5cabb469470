<?php
/**
 * Excerpts and titles: whether a person wrote them, and how an excerpt is stored in a post.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * The plugin asks before it replaces text that a person wrote. This class remembers which texts the plugin made.
 */
class Excerpts {

	const META = '_nutgraf_made';

	/**
	 * The number of generated texts that are remembered for each post.
	 */
	const MAX_REMEMBERED = 40;

	/**
	 * The request for an excerpt.
	 *
	 * @param array  $article An article of Post_Text::article().
	 * @param string $profile The name of the profile.
	 * @return array
	 */
	public static function request( $article, $profile ) {
		return array(
			'articles'  => array( $article ),
			'length'    => $profile,
			'headlines' => array( 'count' => 0 ),
			'keywords'  => 0,
		);
	}

	/**
	 * The excerpt in an answer; a WP_Error if it is empty.
	 *
	 * @param array  $answer  The answer to a request of request().
	 * @param string $profile The name of the profile, for the sentence.
	 * @return string|\WP_Error
	 */
	public static function from_answer( $answer, $profile ) {
		$text = isset( $answer['summary']['text'] ) ? (string) $answer['summary']['text'] : '';
		if ( '' === $text ) {
			/* translators: %s: name of a length, such as push. */
			return new \WP_Error( 'nutgraf_empty', sprintf( __( 'No sentence of the post fits the length “%s”. Choose a longer one.', 'nutgraf' ), $profile ), array( 'status' => 422 ) );
		}
		return Post_Text::escape_tags( $text );
	}

	/**
	 * Remembers that the plugin made these texts for a post.
	 *
	 * @param int      $post_id The post.
	 * @param string[] $texts   Excerpts or titles.
	 */
	public static function remember_generated( $post_id, $texts ) {
		$hashes = array_merge( self::generated_hashes( $post_id ), array_map( array( self::class, 'normalized_hash' ), $texts ) );
		update_post_meta( $post_id, self::META, array_slice( array_values( array_unique( $hashes ) ), -self::MAX_REMEMBERED ) );
	}

	/**
	 * Whether a person wrote a text: it is not empty, and the plugin did not make it for this post.
	 *
	 * @param int    $post_id The post.
	 * @param string $text    An excerpt or a title.
	 * @return bool
	 */
	public static function is_written_by_hand( $post_id, $text ) {
		return '' !== trim( $text ) && ! in_array( self::normalized_hash( $text ), self::generated_hashes( $post_id ), true );
	}

	/**
	 * Stores the excerpt of a post if the post has none. Returns whether the post has this excerpt now.
	 *
	 * This writes to the table, because wp_update_post() would filter the whole post with the rights of the current user. In the
	 * background there is no user, so an editor's embeds would be removed. The condition on the column protects an excerpt that
	 * a person saves at the same time.
	 *
	 * @param int    $post_id The post.
	 * @param string $excerpt An excerpt of from_answer().
	 * @return bool
	 */
	public static function fill( $post_id, $excerpt ) {
		global $wpdb;
		self::remember_generated( $post_id, array( $excerpt ) );
		$where = array(
			'ID'           => $post_id,
			'post_excerpt' => '',
		);
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- The comment above says why; the cache is cleared below.
		$filled = $wpdb->update( $wpdb->posts, array( 'post_excerpt' => $excerpt ), $where );
		clean_post_cache( $post_id );
		if ( $filled ) {
			/**
			 * Tells caches and search indexes that a post got its excerpt.
			 *
			 * @param int    $post_id The post.
			 * @param string $excerpt Its excerpt.
			 */
			do_action( 'nutgraf_excerpt_filled', $post_id, $excerpt );
			return true;
		}
		$post = get_post( $post_id );
		return $post && self::normalized_hash( $post->post_excerpt ) === self::normalized_hash( $excerpt );
	}

	/**
	 * The hashes of the texts that the plugin made for a post.
	 *
	 * @param int $post_id The post.
	 * @return string[]
	 */
	private static function generated_hashes( $post_id ) {
		$hashes = get_post_meta( $post_id, self::META, true );
		return is_array( $hashes ) ? $hashes : array();
	}

	/**
	 * The hash of a text. It does not depend on how WordPress escapes or texturizes the text when it is saved.
	 *
	 * @param string $text An excerpt or a title.
	 * @return string
	 */
	private static function normalized_hash( $text ) {
		$plain = html_entity_decode( $text, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return hash( 'sha256', trim( preg_replace( '/\s+/u', ' ', $plain ) ) );
	}
}
