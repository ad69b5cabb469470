<?php
/**
 * Encrypts the key before it is stored. Only this site can decrypt it, with its salts.
 *
 * @package Nutgraf
 */

namespace Nutgraf;

defined( 'ABSPATH' ) || exit;

/**
 * Encrypts and decrypts text with a key derived from the salts in wp-config.php.
 *
 * A copy of the database is not enough to read the text.
 */
class Secret {

	const PREFIX = 'secretbox:';

	/**
	 * The encrypted text.
	 *
	 * @param string $text The text.
	 * @return string
	 */
	public static function seal( $text ) {
		$nonce = random_bytes( SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- An option holds text, not bytes.
		return self::PREFIX . base64_encode( $nonce . sodium_crypto_secretbox( $text, $nonce, self::key() ) );
	}

	/**
	 * The decrypted text; null if the salts have changed, or if the value is damaged.
	 *
	 * @param string $sealed A value of seal().
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
	 * Whether a value was encrypted with seal().
	 *
	 * @param string $value A value of the settings.
	 * @return bool
	 */
	public static function is_sealed( $value ) {
		return 0 === strpos( $value, self::PREFIX );
	}

	/**
	 * The key that encrypts the text.
	 *
	 * @return string 32 bytes.
	 */
	private static function key() {
		return hash( 'sha256', 'nutgraf' . wp_salt( 'auth' ), true );
	}
}
