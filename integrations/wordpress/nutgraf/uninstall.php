<?php
/**
 * Deletes everything that the plugin stored, except the excerpts.
 *
 * @package Nutgraf
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'nutgraf_settings' );
delete_option( 'nutgraf_last_failure' );
delete_transient( 'nutgraf_profiles' );
delete_post_meta_by_key( '_nutgraf_made' );
delete_metadata( 'user', 0, 'nutgraf_run', '', true );
wp_unschedule_hook( 'nutgraf_continue_run' );
wp_unschedule_hook( 'nutgraf_fill_excerpt' );
