<?php
/**
 * Converts posts to articles of a request, and text of the service to text for a post.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * The text of posts: as the service reads it, and as WordPress stores it.
 */
class Post_Text {

	/**
	 * Blocks that are not part of the story: pictures with their captions, repeated text, content from other places.
	 */
	const IGNORED_BLOCKS = array( 'core/image', 'core/gallery', 'core/cover', 'core/media-text', 'core/video', 'core/audio', 'core/file', 'core/embed', 'core/pullquote', 'core/shortcode', 'core/code', 'core/buttons', 'core/navigation', 'core/block' );

	/**
	 * A post as an article of a request.
	 *
	 * The status of the post is not sent: a user who may edit a private post may also make its excerpt, which stays private.
	 *
	 * @param \WP_Post $post  The post.
	 * @param array    $edits The unsaved `title` and `content` in the editor, if there are any.
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
	 * The HTML of the story as it is stored.
	 *
	 * Runs neither shortcodes nor dynamic blocks, so that no list of other posts gets into the text.
	 *
	 * @param string $content The content of a post.
	 * @return string
	 */
	public static function html( $content ) {
		$html = has_blocks( $content ) ? implode( "\n", array_map( array( self::class, 'block_html' ), parse_blocks( $content ) ) ) : wpautop( $content );
		return strip_shortcodes( $html );
	}

	/**
	 * HTML as plain text, with an empty line between paragraphs.
	 *
	 * @param string $html HTML from html(), or a title.
	 * @return string
	 */
	public static function text( $html ) {
		$lines = preg_replace( '#<br[ />]|</(p|div|li|dd|dt|td|th|tr|h[1-6]|blockquote|figure|pre|section)>#i', "\n\n$0", $html );
		$text  = html_entity_decode( wp_strip_all_tags( $lines ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return implode( "\n\n", array_filter( array_map( 'trim', explode( "\n", $text ) ), 'strlen' ) );
	}

	/**
	 * A text of the service, escaped for a title or an excerpt, which WordPress prints as HTML.
	 *
	 * Only < and > are escaped: an ampersand stays readable in the editor, and themes escape it.
	 *
	 * @param string $text Plain text.
	 * @return string
	 */
	public static function escape_tags( $text ) {
		return str_replace( array( '<', '>' ), array( '&lt;', '&gt;' ), $text );
	}

	/**
	 * The stored HTML of a block and of its inner blocks.
	 *
	 * @param array $block A block of parse_blocks().
	 * @return string
	 */
	private static function block_html( $block ) {
		if ( in_array( $block['blockName'], self::IGNORED_BLOCKS, true ) ) {
			return '';
		}
		if ( null === $block['blockName'] || 'core/freeform' === $block['blockName'] ) {
			return wpautop( $block['innerHTML'] );
		}
		$html  = '';
		$inner = 0;
		foreach ( $block['innerContent'] as $piece ) {
			$html .= is_string( $piece ) ? $piece : self::block_html( $block['innerBlocks'][ $inner++ ] );
		}
		return $html;
	}
}
