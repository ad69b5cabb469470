<?php
/**
 * Excerpts and titles: whose they are, and how an excerpt gets into a post.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * What was written by hand is never overwritten without asking; this class knows what was.
 */
class Excerpts {

	const META = '_nutgraf_made';

	/**
	 * So many texts of a post are remembered as ours.
	 */
	const REMEMBERED = 40;

	/**
	 * The request for an excerpt.
	 *
	 * @param array  $article As Post_Text::article() gives it.
	 * @param string $profile The profile's name.
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
	 * The excerpt in an answer; a WP_Error with the service's reason where it is empty.
	 *
	 * @param array  $answer  Of a request() above.
	 * @param string $profile The profile's name, for the sentence.
	 * @return string|\WP_Error
	 */
	public static function of_answer( $answer, $profile ) {
		$text = isset( $answer['summary']['text'] ) ? (string) $answer['summary']['text'] : '';
		if ( '' === $text ) {
			/* translators: %s: name of a length, such as push. */
			return new \WP_Error( 'nutgraf_empty', sprintf( __( 'No sentence of the post fits the length “%s”. Choose a longer one.', 'nutgraf' ), $profile ), array( 'status' => 422 ) );
		}
		return Post_Text::plain( $text );
	}

	/**
	 * Remembers that texts for a post were made here.
	 *
	 * @param int      $post_id The post.
	 * @param string[] $texts   Excerpts or titles.
	 */
	public static function remember( $post_id, $texts ) {
		$known = array_merge( self::known( $post_id ), array_map( array( self::class, 'mark' ), $texts ) );
		update_post_meta( $post_id, self::META, array_slice( array_values( array_unique( $known ) ), -self::REMEMBERED ) );
	}

	/**
	 * Whether a text was written by a person: it is neither empty nor made here for this post.
	 *
	 * @param int    $post_id The post.
	 * @param string $text    An excerpt or a title.
	 * @return bool
	 */
	public static function is_by_hand( $post_id, $text ) {
		return '' !== trim( $text ) && ! in_array( self::mark( $text ), self::known( $post_id ), true );
	}

	/**
	 * Gives a post its excerpt if it has none at that moment; whether it has this one now.
	 *
	 * Straight into the table, because wp_update_post() would send the whole post through the filters of whoever is logged in,
	 * in the background nobody: an editor's embeds would be stripped. The condition on the column makes it safe against a person
	 * who saves an excerpt at the same time.
	 *
	 * @param int    $post_id The post.
	 * @param string $excerpt As of_answer() gives it.
	 * @return bool
	 */
	public static function fill( $post_id, $excerpt ) {
		global $wpdb;
		self::remember( $post_id, array( $excerpt ) );
		$where = array(
			'ID'           => $post_id,
			'post_excerpt' => '',
		);
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- Said above; the cache is cleared below.
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
		return $post && self::mark( $post->post_excerpt ) === self::mark( $excerpt );
	}

	/**
	 * The marks of what was made here for a post.
	 *
	 * @param int $post_id The post.
	 * @return string[]
	 */
	private static function known( $post_id ) {
		$known = get_post_meta( $post_id, self::META, true );
		return is_array( $known ) ? $known : array();
	}

	/**
	 * A text's mark: the same however WordPress escapes or texturizes it when it is saved.
	 *
	 * @param string $text An excerpt or a title.
	 * @return string
	 */
	private static function mark( $text ) {
		$plain = html_entity_decode( $text, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return hash( 'sha256', trim( preg_replace( '/\s+/u', ' ', $plain ) ) );
	}
}
