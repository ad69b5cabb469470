/**
 * Shared by all parts of the panel: the post in the editor, requests to this site, and values that survive when the panel closes.
 */
( function ( wp, settings ) {
	const { createElement: el, useEffect } = wp.element;
	const { Button, Notice } = wp.components;
	const { __ } = wp.i18n;
	const { decodeEntities } = wp.htmlEntities;
	const { dispatch, select, useSelect } = wp.data;

	/** The title, excerpt and content in the editor, saved or not. */
	function edited() {
		const editor = select( 'core/editor' );
		return {
			title: editor.getEditedPostAttribute( 'title' ) || '',
			excerpt: editor.getEditedPostAttribute( 'excerpt' ) || '',
			content: editor.getEditedPostContent(),
		};
	}

	/** Sends a request about the post. Rejects with a sentence if it fails, or after `settings.timeoutSeconds`. */
	function sendRequest( path, data ) {
		const controller = new AbortController();
		const timer = setTimeout( () => controller.abort(), settings.timeoutSeconds * 1000 );
		const id = select( 'core/editor' ).getCurrentPostId();
		return wp
			.apiFetch( { path: `/nutgraf/v1/posts/${ id }/${ path }`, method: data ? 'POST' : 'GET', data, signal: controller.signal } )
			.catch( ( error ) => {
				throw controller.signal.aborted
					? __( 'Nutgraf did not answer in time. Your text was not changed. Try again.', 'nutgraf' )
					: error.message || __( 'The site did not answer. Your text was not changed. Try again.', 'nutgraf' );
			} )
			.finally( () => clearTimeout( timer ) );
	}

	// WordPress removes the panel when the user selects a block. This store keeps the choices and the running requests.
	wp.data.register(
		wp.data.createReduxStore( 'nutgraf', {
			reducer: ( state = {}, { type, name, value } ) => ( type === 'STORE' ? { ...state, [ name ]: value } : state ),
			actions: { store: ( name, value ) => ( { type: 'STORE', name, value } ) },
			selectors: { stored: ( state, name ) => state[ name ] },
		} )
	);

	/** A value that survives when the panel closes, and the function that sets it. */
	function useStored( name, initial ) {
		const value = useSelect( ( selectStore ) => selectStore( 'nutgraf' ).stored( name ), [ name ] );
		return [ value === undefined ? initial : value, ( newValue ) => dispatch( 'nutgraf' ).store( name, newValue ) ];
	}

	/** A kind of request: whether one is running, a notice of the last error, and a function that starts a request. */
	function useRequest( name ) {
		const [ isBusy, setBusy ] = useStored( `${ name }/busy`, false );
		const [ error, setError ] = useStored( `${ name }/error`, '' );
		const start = ( path, data, onAnswer ) => {
			setBusy( true );
			setError( '' );
			sendRequest( path, data )
				.then( onAnswer, ( message ) => {
					wp.a11y.speak( message, 'assertive' );
					setError( message );
				} )
				.finally( () => setBusy( false ) );
		};
		const notice = error && el( Notice, { status: 'error', onRemove: () => setError( '' ), className: 'nutgraf-notice' }, error );
		return { isBusy, notice, start };
	}

	/** Sets a field of the post, and shows a message with a button that undoes this. */
	function setField( field, text, message ) {
		const before = edited()[ field ];
		dispatch( 'core/editor' ).editPost( { [ field ]: text } );
		dispatch( 'core/notices' ).createSuccessNotice( message, {
			type: 'snackbar',
			id: `nutgraf-${ field }`,
			actions: [ { label: __( 'Undo', 'nutgraf' ), onClick: () => dispatch( 'core/editor' ).editPost( { [ field ]: before } ) } ],
		} );
	}

	/** A button that starts a request and shows whether it is running. */
	function RequestButton( { isBusy, disabled, onClick, children } ) {
		return el( Button, { variant: 'secondary', className: 'nutgraf-start', isBusy, disabled: isBusy || disabled, onClick }, children );
	}

	/** The question whether to replace text that a person wrote. */
	function Question( { text, proposal, onReplace, onKeep } ) {
		const actions = [
			{ label: __( 'Replace', 'nutgraf' ), onClick: onReplace, variant: 'primary' },
			{ label: __( 'Keep mine', 'nutgraf' ), onClick: onKeep, variant: 'secondary' },
		];
		useEffect( () => wp.a11y.speak( text, 'assertive' ), [ text ] );
		return el(
			Notice,
			{ status: 'warning', isDismissible: false, className: 'nutgraf-notice nutgraf-question', actions },
			el( 'p', null, text ),
			el( 'blockquote', null, decodeEntities( proposal ) )
		);
	}

	window.nutgrafPanel = { edited, useStored, useRequest, setField, RequestButton, Question };
} )( window.wp, window.nutgrafEditor );
