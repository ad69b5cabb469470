<?php
/**
 * Installs WordPress without a network: its tables, two users, the plugin active. Prints the users with their passwords.
 */

define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = parse_url( $argv[1], PHP_URL_HOST ) . ':' . parse_url( $argv[1], PHP_URL_PORT );

// The database is made before WordPress looks for it.
preg_match( '/"DB_HOST", "([^:]+):(\d+)"/', file_get_contents( 'wp-config.php' ), $place );
( new mysqli( $place[1], 'root', '', '', (int) $place[2] ) )->query( 'CREATE DATABASE wordpress' );

/**
 * In place of WordPress' own, which sends a mail.
 */
function wp_new_blog_notification() {
}

require getcwd() . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$users = array();
$all   = array(
	'desk'   => 'administrator',
	'writer' => 'contributor',
);
foreach ( $all as $name => $role ) {
	$password = wp_generate_password( 20, false );
	if ( 'administrator' === $role ) {
		$id = wp_install( 'Harbour News', $name, "$name@news.example", false, '', $password )['user_id'];
	} else {
		$id = wp_create_user( $name, $password, "$name@news.example" );
		( new WP_User( $id ) )->set_role( $role );
	}
	// No tour, no second question before publishing.
	$preferences = array(
		'core/edit-post' => array(
			'welcomeGuide'            => false,
			'isPublishSidebarEnabled' => false,
		),
		'_modified'      => gmdate( 'c' ),
	);
	update_user_meta( $id, 'wp_persisted_preferences', $preferences );
	$users[ $name ] = array(
		'id'          => $id,
		'password'    => $password,
		'application' => WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'tests' ) )[0],
	);
}
wp_delete_post( 1, true );
update_option( 'show_avatars', 0 );
update_option( 'permalink_structure', '' );
$failed = activate_plugin( 'nutgraf/nutgraf.php' );
if ( $failed ) {
	fwrite( STDERR, 'PHP did not activate the plugin: ' . $failed->get_error_message() );
	exit( 1 );
}
echo wp_json_encode( $users );
