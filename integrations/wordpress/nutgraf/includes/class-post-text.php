<?php
/**
 * Converts posts to articles of a request, and text of the service to text for a post.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Text of posts, as the service reads it and as WordPress stores it.
 */
class Post_Text {

	/**
	 * Blocks that are not the story: pictures with their captions, what repeats the text, what comes from elsewhere.
	 */
	const LEFT_OUT = array( 'core/image', 'core/gallery', 'core/cover', 'core/media-text', 'core/video', 'core/audio', 'core/file', 'core/embed', 'core/pullquote', 'core/shortcode', 'core/code', 'core/buttons', 'core/navigation', 'core/block' );

	/**
	 * A post as an article of a request.
	 *
	 * The post's status is not sent: whoever may edit a private post may have its excerpt, which stays as private.
	 *
	 * @param \WP_Post $post  The post.
	 * @param array    $edits `title` and `content` as they stand in the editor, where they are not saved yet.
	 * @return array
	 */
	public static function article( $post, $edits = array() ) {
		$title    = isset( $edits['title'] ) ? $edits['title'] : $post->post_title;
		$content  = isset( $edits['content'] ) ? $edits['content'] : $post->post_content;
		$document = array(
			'id'      => $post->ID,
			'title'   => array( 'rendered' => wp_strip_all_tags( $title ) ),
			'content' => array( 'rendered' => self::html( $content ) ),
			'link'    => get_permalink( $post ),
		);
		if ( '0000-00-00 00:00:00' !== $post->post_date_gmt ) {
			$document['date_gmt'] = str_replace( ' ', 'T', $post->post_date_gmt );
		}
		return array(
			'id'       => (string) $post->ID,
			'format'   => 'wordpress',
			'document' => $document,
		);
	}

	/**
	 * The story's HTML as it was written.
	 *
	 * Nothing is run: neither shortcodes nor blocks that are made when a page is shown, so that no list of other posts gets in.
	 *
	 * @param string $content As it is stored.
	 * @return string
	 */
	public static function html( $content ) {
		$html = has_blocks( $content ) ? implode( "\n", array_map( array( self::class, 'block' ), parse_blocks( $content ) ) ) : wpautop( $content );
		return strip_shortcodes( $html );
	}

	/**
	 * HTML as plain text, a paragraph to a line.
	 *
	 * @param string $html As html() gives it, or a title.
	 * @return string
	 */
	public static function text( $html ) {
		$lines = preg_replace( '#<br[ />]|</(p|div|li|dd|dt|td|th|tr|h[1-6]|blockquote|figure|pre|section)>#i', "\n\n$0", $html );
		$text  = html_entity_decode( wp_strip_all_tags( $lines ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return implode( "\n\n", array_filter( array_map( 'trim', explode( "\n", $text ) ), 'strlen' ) );
	}

	/**
	 * A text of the service's for a title or an excerpt, which WordPress prints as HTML.
	 *
	 * Only what opens a tag is escaped: an ampersand stays readable in the editor, and themes texturize it.
	 *
	 * @param string $text Plain text.
	 * @return string
	 */
	public static function plain( $text ) {
		return str_replace( array( '<', '>' ), array( '&lt;', '&gt;' ), $text );
	}

	/**
	 * A block's HTML as it is stored, with its inner blocks.
	 *
	 * @param array $block As parse_blocks() gives it.
	 * @return string
	 */
	private static function block( $block ) {
		if ( in_array( $block['blockName'], self::LEFT_OUT, true ) ) {
			return '';
		}
		if ( null === $block['blockName'] || 'core/freeform' === $block['blockName'] ) {
			return wpautop( $block['innerHTML'] );
		}
		$html  = '';
		$inner = 0;
		foreach ( $block['innerContent'] as $piece ) {
			$html .= is_string( $piece ) ? $piece : self::block( $block['innerBlocks'][ $inner++ ] );
		}
		return $html;
	}
}
