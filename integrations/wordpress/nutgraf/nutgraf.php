<?php
/**
 * Plugin Name: Nutgraf
 * Description: Fills excerpts, suggests headlines and makes round-ups. Every sentence is quoted word for word. Needs your own Nutgraf service.
 * Version: 0.1.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: MIT
 * License URI: https://opensource.org/licenses/MIT
 * Text Domain: nutgraf
 * Domain Path: /languages
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

require __DIR__ . '/includes/class-secret.php';
require __DIR__ . '/includes/class-settings.php';
require __DIR__ . '/includes/class-answer.php';
require __DIR__ . '/includes/class-client.php';
require __DIR__ . '/includes/class-connection.php';
require __DIR__ . '/includes/class-post-text.php';
require __DIR__ . '/includes/class-excerpts.php';
require __DIR__ . '/includes/class-roundup.php';
require __DIR__ . '/includes/class-story.php';
require __DIR__ . '/includes/class-outcome.php';
require __DIR__ . '/includes/class-run.php';
require __DIR__ . '/includes/class-routes.php';
require __DIR__ . '/includes/class-settings-page.php';
require __DIR__ . '/includes/class-editor.php';
require __DIR__ . '/includes/class-bulk.php';
require __DIR__ . '/includes/class-publishing.php';

add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'nutgraf', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	}
);

Settings_Page::register();
Routes::register();
Editor::register();
Bulk::register();
Publishing::register();
