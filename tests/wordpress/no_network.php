<?php
/**
 * Keeps a test's WordPress to itself: no emoji from elsewhere, no look for updates, and a list of what is called.
 */

add_filter( 'emoji_svg_url', '__return_false' );
remove_action( 'wp_head', 'print_emoji_detection_script', 7 );
remove_action( 'admin_print_scripts', 'print_emoji_detection_script' );
add_filter( 'should_load_remote_block_patterns', '__return_false' );
foreach ( array( '_maybe_update_core', '_maybe_update_plugins', '_maybe_update_themes' ) as $look ) {
	remove_action( 'admin_init', $look );
}
// A machine on which an excerpt takes its time, so that a test can come between two of them.
add_action(
	'nutgraf_excerpt_filled',
	function () {
		usleep( 1000 * (int) get_option( 'test_slow_milliseconds' ) );
	}
);
add_action(
	'http_api_debug',
	function ( $response, $context, $class, $arguments, $url ) {
		$kind = is_wp_error( $response ) && 'http_request_not_executed' === $response->get_error_code() ? 'blocked:' : '';
		file_put_contents( NUTGRAF_TEST_CALLS, $kind . $url . "\n", FILE_APPEND );
	},
	10,
	5
);
