<?php
/**
 * The key at rest: a secret box that only this site's salts open.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Seals and opens text with a key derived from the salts in wp-config.php.
 *
 * A copy of the database alone does not give the text away.
 */
class Secret {

	const PREFIX = 'secretbox:';

	/**
	 * The text, sealed.
	 *
	 * @param string $text What nobody shall read in the database.
	 * @return string
	 */
	public static function seal( $text ) {
		$nonce = random_bytes( SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- An option holds text, not bytes.
		return self::PREFIX . base64_encode( $nonce . sodium_crypto_secretbox( $text, $nonce, self::key() ) );
	}

	/**
	 * What was sealed, or null where the salts have changed since.
	 *
	 * @param string $sealed What seal() gave.
	 * @return string|null
	 */
	public static function open( $sealed ) {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- See seal().
		$bytes = base64_decode( substr( $sealed, strlen( self::PREFIX ) ), true );
		if ( ! self::is_sealed( $sealed ) || false === $bytes || strlen( $bytes ) <= SODIUM_CRYPTO_SECRETBOX_NONCEBYTES ) {
			return null;
		}
		$nonce = substr( $bytes, 0, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		$box   = substr( $bytes, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		try {
			$text = sodium_crypto_secretbox_open( $box, $nonce, self::key() );
		} catch ( \SodiumException $error ) {
			return null;
		}
		return false === $text ? null : $text;
	}

	/**
	 * Whether a value is one that seal() gave.
	 *
	 * @param string $value A value of the settings.
	 * @return bool
	 */
	public static function is_sealed( $value ) {
		return 0 === strpos( $value, self::PREFIX );
	}

	/**
	 * The secret box's own key.
	 *
	 * @return string 32 bytes.
	 */
	private static function key() {
		return hash( 'sha256', 'nutgraf' . wp_salt( 'auth' ), true );
	}
}
