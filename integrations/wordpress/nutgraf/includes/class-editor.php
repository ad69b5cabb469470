<?php
/**
 * The panel in the block editor.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Loads the panel's script, with what it may know; the key is not among that.
 */
class Editor {

	/**
	 * Hooks in.
	 */
	public static function register() {
		add_action( 'enqueue_block_editor_assets', array( self::class, 'enqueue' ) );
	}

	/**
	 * Loads script and style where a post is edited.
	 */
	public static function enqueue() {
		$screen = get_current_screen();
		if ( ! $screen || 'post' !== $screen->base || ! post_type_supports( $screen->post_type, 'editor' ) ) {
			return;
		}
		$needs = array( 'wp-a11y', 'wp-api-fetch', 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-data', 'wp-edit-post', 'wp-editor', 'wp-element', 'wp-html-entities', 'wp-i18n', 'wp-notices', 'wp-plugins', 'wp-url' );
		wp_enqueue_style( 'nutgraf-editor', plugins_url( 'assets/editor.css', FILE ), array( 'wp-components' ), VERSION );
		wp_register_script( 'nutgraf-panel', plugins_url( 'assets/panel.js', FILE ), $needs, VERSION, true );
		wp_enqueue_script( 'nutgraf-editor', plugins_url( 'assets/editor.js', FILE ), array( 'nutgraf-panel' ), VERSION, true );
		foreach ( array( 'nutgraf-panel', 'nutgraf-editor' ) as $handle ) {
			wp_set_script_translations( $handle, 'nutgraf', plugin_dir_path( FILE ) . 'languages' );
		}
		wp_add_inline_script( 'nutgraf-panel', 'window.nutgrafEditor = ' . wp_json_encode( self::known(), JSON_HEX_TAG ) . ';', 'before' );
	}

	/**
	 * What the script knows of the settings.
	 *
	 * @return array
	 */
	private static function known() {
		return array(
			'hasExcerpt' => post_type_supports( get_current_screen()->post_type, 'excerpt' ),
			'isSetUp'    => '' !== Settings::get( 'address' ),
			'settings'   => current_user_can( 'manage_options' ) ? Settings_Page::address() : '',
			'profile'    => Settings::get( 'profile' ),
			'characters' => Settings::get( 'headline_characters' ),
			'least'      => Settings::LEAST_CHARACTERS,
			'most'       => Settings::MOST_CHARACTERS,
			// The service's own patience, and a little for the way to it: then the panel stops waiting.
			'seconds'    => Settings::get( 'timeout' ) + 5,
		);
	}
}
