/**
 * "Test connection": sends the values of the form to this site, which tests them and says what is wrong.
 */
( function ( wp ) {
	const { __ } = wp.i18n;
	const button = document.getElementById( 'nutgraf-test' );
	const result = document.getElementById( 'nutgraf-test-result' );

	function value( name ) {
		const field = document.getElementById( `nutgraf-${ name }` );
		return field && ! field.disabled ? field.value : '';
	}

	function showResult( message, kind ) {
		result.textContent = message;
		result.className = kind;
	}

	button.addEventListener( 'click', () => {
		button.disabled = true;
		showResult( __( 'Testing…', 'nutgraf' ), '' );
		const data = { address: value( 'address' ), key: value( 'key' ), profile: value( 'profile' ), timeout: Number( value( 'timeout' ) ) };
		wp.apiFetch( { path: '/nutgraf/v1/connection', method: 'POST', data } )
			.then( ( { ok, message } ) => showResult( message, ok ? 'is-good' : 'is-bad' ) )
			.catch( ( error ) => showResult( error.message || __( 'The site did not answer. Load the page again.', 'nutgraf' ), 'is-bad' ) )
			.finally( () => ( button.disabled = false ) );
	} );
} )( window.wp );
