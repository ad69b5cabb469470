/**
 * What the parts of the editor's panel share: the post as it is, requests to this site, and values that outlive the panel.
 */
( function ( wp, known ) {
	const { createElement: el, useEffect } = wp.element;
	const { Button, Notice } = wp.components;
	const { __ } = wp.i18n;
	const { decodeEntities } = wp.htmlEntities;
	const { dispatch, select, useSelect } = wp.data;

	/** The post as it stands in the editor, saved or not. */
	function edited() {
		const editor = select( 'core/editor' );
		return {
			title: editor.getEditedPostAttribute( 'title' ) || '',
			excerpt: editor.getEditedPostAttribute( 'excerpt' ) || '',
			content: editor.getEditedPostContent(),
		};
	}

	/** Sends a request about the post; rejects with a sentence, at the latest after `known.seconds`. */
	function ask( path, data ) {
		const controller = new AbortController();
		const timer = setTimeout( () => controller.abort(), known.seconds * 1000 );
		const id = select( 'core/editor' ).getCurrentPostId();
		return wp
			.apiFetch( { path: `/nutgraf/v1/posts/${ id }/${ path }`, method: data ? 'POST' : 'GET', data, signal: controller.signal } )
			.catch( ( error ) => {
				throw controller.signal.aborted
					? __( 'Nutgraf did not answer in time. Your text is untouched; try again.', 'nutgraf' )
					: error.message || __( 'The site did not answer. Your text is untouched; try again.', 'nutgraf' );
			} )
			.finally( () => clearTimeout( timer ) );
	}

	// The panel goes away whenever a block is selected; what was chosen in it and what is under way stays here.
	wp.data.register(
		wp.data.createReduxStore( 'nutgraf', {
			reducer: ( state = {}, { type, name, value } ) => ( type === 'KEEP' ? { ...state, [ name ]: value } : state ),
			actions: { keep: ( name, value ) => ( { type: 'KEEP', name, value } ) },
			selectors: { kept: ( state, name ) => state[ name ] },
		} )
	);

	/** A value that outlives the panel, and what sets it. */
	function useKept( name, first ) {
		const value = useSelect( ( from ) => from( 'nutgraf' ).kept( name ), [ name ] );
		return [ value === undefined ? first : value, ( next ) => dispatch( 'nutgraf' ).keep( name, next ) ];
	}

	/** A kind of request: whether one is under way, what went wrong, and a function that starts one. */
	function useRequest( name ) {
		const [ isBusy, setBusy ] = useKept( `${ name }/busy`, false );
		const [ error, setError ] = useKept( `${ name }/error`, '' );
		const start = ( path, data, then ) => {
			setBusy( true );
			setError( '' );
			ask( path, data )
				.then( then, ( sentence ) => {
					wp.a11y.speak( sentence, 'assertive' );
					setError( sentence );
				} )
				.finally( () => setBusy( false ) );
		};
		const notice = error && el( Notice, { status: 'error', onRemove: () => setError( '' ), className: 'nutgraf-notice' }, error );
		return { isBusy, notice, start };
	}

	/** Sets a field of the post, and offers to undo it. */
	function set( field, text, said ) {
		const before = edited()[ field ];
		dispatch( 'core/editor' ).editPost( { [ field ]: text } );
		dispatch( 'core/notices' ).createSuccessNotice( said, {
			type: 'snackbar',
			id: `nutgraf-${ field }`,
			actions: [ { label: __( 'Undo', 'nutgraf' ), onClick: () => dispatch( 'core/editor' ).editPost( { [ field ]: before } ) } ],
		} );
	}

	/** A button that shows when its request is under way. */
	function Start( { isBusy, disabled, onClick, children } ) {
		return el( Button, { variant: 'secondary', className: 'nutgraf-start', isBusy, disabled: isBusy || disabled, onClick }, children );
	}

	/** The question before something written by hand is replaced. */
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

	window.nutgrafPanel = { edited, useKept, useRequest, set, Start, Question };
} )( window.wp, window.nutgrafEditor );
