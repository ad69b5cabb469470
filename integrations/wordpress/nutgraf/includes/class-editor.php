<?php
/**
 * The panel in the block editor.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Loads the script of the panel with the settings that it needs. The key is not one of them.
 */
class Editor {

	/**
	 * Registers the hooks.
	 */
	public static function register() {
		add_action( 'enqueue_block_editor_assets', array( self::class, 'enqueue' ) );
	}

	/**
	 * Loads script and style on pages where a post is edited.
	 */
	public static function enqueue() {
		$screen = get_current_screen();
		if ( ! $screen || 'post' !== $screen->base || ! post_type_supports( $screen->post_type, 'editor' ) ) {
			return;
		}
		$dependencies = array( 'wp-a11y', 'wp-api-fetch', 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-data', 'wp-edit-post', 'wp-editor', 'wp-element', 'wp-html-entities', 'wp-i18n', 'wp-notices', 'wp-plugins', 'wp-url' );
		wp_enqueue_style( 'nutgraf-editor', plugins_url( 'assets/editor.css', FILE ), array( 'wp-components' ), VERSION );
		wp_register_script( 'nutgraf-panel', plugins_url( 'assets/panel.js', FILE ), $dependencies, VERSION, true );
		wp_enqueue_script( 'nutgraf-editor', plugins_url( 'assets/editor.js', FILE ), array( 'nutgraf-panel' ), VERSION, true );
		foreach ( array( 'nutgraf-panel', 'nutgraf-editor' ) as $handle ) {
			wp_set_script_translations( $handle, 'nutgraf', plugin_dir_path( FILE ) . 'languages' );
		}
		wp_add_inline_script( 'nutgraf-panel', 'window.nutgrafEditor = ' . wp_json_encode( self::script_settings(), JSON_HEX_TAG ) . ';', 'before' );
	}

	/**
	 * The settings that the script receives.
	 *
	 * @return array
	 */
	private static function script_settings() {
		return array(
			'hasExcerpt'      => post_type_supports( get_current_screen()->post_type, 'excerpt' ),
			'isSetUp'         => '' !== Settings::get( 'address' ),
			'settingsAddress' => current_user_can( 'manage_options' ) ? Settings_Page::address() : '',
			'profile'         => Settings::get( 'profile' ),
			'characters'      => Settings::get( 'headline_characters' ),
			'minCharacters'   => Settings::MIN_CHARACTERS,
			'maxCharacters'   => Settings::MAX_CHARACTERS,
			// The panel waits a little longer than this server waits for the service.
			'timeoutSeconds'  => Settings::get( 'timeout' ) + 5,
		);
	}
}
