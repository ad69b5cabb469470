/**
 * The panel in the block editor: summary, headlines, related copy.
 *
 * It asks this site's own REST routes and sets what comes back through the editor's store, so that undo works. What a
 * person wrote is replaced only after a question.
 */
( function ( wp, known, { edited, useKept, useRequest, set, Start, Question } ) {
	const { createElement: el, Fragment, useEffect } = wp.element;
	const { BaseControl, Button, CheckboxControl, ExternalLink, RangeControl, SearchControl, SelectControl, Spinner } = wp.components;
	const { __, _n, sprintf } = wp.i18n;
	const { decodeEntities } = wp.htmlEntities;
	const { dispatch, select, useSelect } = wp.data;
	// Its home moved in WordPress 6.6.
	const Panel = ( wp.editor && wp.editor.PluginDocumentSettingPanel ) || wp.editPost.PluginDocumentSettingPanel;
	const SEARCH_PAUSE = 300;

	/** The names of lengths to choose from. */
	function Lengths( { profiles, value, onChange } ) {
		const names = profiles.map( ( { name } ) => name );
		const options = ( names.includes( value ) ? [] : [ { value, label: value } ] ).concat( profiles.map( ( profile ) => ( { value: profile.name, label: labelled( profile ) } ) ) );
		return el( SelectControl, { label: __( 'Length', 'nutgraf' ), value, options, onChange, __nextHasNoMarginBottom: true } );
	}

	function labelled( { name, length } ) {
		const [ unit, count ] = Object.entries( length )[ 0 ];
		const counted = {
			/* translators: %d: how many. */
			characters: () => _n( '%d character', '%d characters', count, 'nutgraf' ),
			/* translators: %d: how many. */
			words: () => _n( '%d word', '%d words', count, 'nutgraf' ),
			/* translators: %d: how many. */
			sentences: () => _n( '%d sentence', '%d sentences', count, 'nutgraf' ),
		}[ unit ];
		return counted ? `${ name } (${ sprintf( counted(), count ) })` : name;
	}

	function Summary( { profiles } ) {
		const [ profile, setProfile ] = useKept( 'summary/profile', known.profile );
		const [ proposal, setProposal ] = useKept( 'summary/proposal', '' );
		const [ made, setMade ] = useKept( 'summary/made', '' );
		const current = useSelect( ( from ) => from( 'core/editor' ).getEditedPostAttribute( 'excerpt' ), [] );
		const request = useRequest( 'summary' );
		const fill = ( excerpt ) => {
			setProposal( '' );
			setMade( excerpt );
			set( 'excerpt', excerpt, __( 'Excerpt filled.', 'nutgraf' ) );
		};
		const summarize = () => {
			setProposal( '' );
			const before = edited().excerpt;
			request.start( 'summary', { ...edited(), profile }, ( answer ) => {
				// Typed while the service worked: that is by hand, too.
				const isByHand = answer.by_hand || edited().excerpt !== before;
				return isByHand && edited().excerpt.trim() !== answer.excerpt ? setProposal( answer.excerpt ) : fill( answer.excerpt );
			} );
		};
		return el(
			'div',
			{ className: 'nutgraf-part nutgraf-summary' },
			el( Lengths, { profiles, value: profile, onChange: setProfile } ),
			el( Start, { isBusy: request.isBusy, onClick: summarize }, __( 'Summarize', 'nutgraf' ) ),
			request.notice,
			made && made === current && el( 'p', { className: 'nutgraf-made' }, decodeEntities( made ) ),
			proposal && el( Question, { text: __( 'Replace the excerpt that is there?', 'nutgraf' ), proposal, onReplace: () => fill( proposal ), onKeep: () => setProposal( '' ) } )
		);
	}

	// Titles that no person wrote.
	const ours = new Set();

	function Headlines() {
		const [ slot, setSlot ] = useKept( 'headlines/slot', known.characters );
		const [ headlines, setHeadlines ] = useKept( 'headlines/list', null );
		const [ proposal, setProposal ] = useKept( 'headlines/proposal', '' );
		const request = useRequest( 'headlines' );
		const title = useSelect( ( from ) => from( 'core/editor' ).getEditedPostAttribute( 'title' ) || '', [] );
		const suggest = () => {
			setProposal( '' );
			const before = edited().title.trim();
			request.start( 'headlines', { ...edited(), characters: slot }, ( answer ) => {
				answer.headlines.forEach( ( each ) => ours.add( each ) );
				if ( ! answer.by_hand ) {
					ours.add( before );
				}
				setHeadlines( answer.headlines );
			} );
		};
		const use = ( headline ) => {
			setProposal( '' );
			set( 'title', headline, __( 'Title set.', 'nutgraf' ) );
		};
		const choose = ( headline ) => ( title.trim() === '' || ours.has( title.trim() ) ? use( headline ) : setProposal( headline ) );
		return el(
			'div',
			{ className: 'nutgraf-part nutgraf-headlines' },
			el( RangeControl, { label: __( 'Slot, in characters', 'nutgraf' ), value: slot, min: known.least, max: known.most, onChange: ( value ) => setSlot( value || known.characters ), __nextHasNoMarginBottom: true } ),
			el( Start, { isBusy: request.isBusy, onClick: suggest }, __( 'Headlines', 'nutgraf' ) ),
			request.notice,
			headlines && ! headlines.length && el( 'p', { className: 'nutgraf-hint' }, __( 'Nothing fits this slot. Make it longer, or write more of the post.', 'nutgraf' ) ),
			headlines && el( 'ul', { className: 'nutgraf-list' }, headlines.map( ( headline ) => el( Headline, { key: headline, headline, slot, isChosen: headline === title, onClick: () => choose( headline ) } ) ) ),
			proposal && el( Question, { text: __( 'Replace the title that is there?', 'nutgraf' ), proposal, onReplace: () => use( proposal ), onKeep: () => setProposal( '' ) } )
		);
	}

	/** A suggestion, with a bar for how much of the slot it takes. */
	function Headline( { headline, slot, isChosen, onClick } ) {
		const text = decodeEntities( headline );
		const count = [ ...text ].length;
		return el(
			'li',
			null,
			el(
				Button,
				{ className: 'nutgraf-headline', onClick, isPressed: isChosen },
				el( 'span', { className: 'nutgraf-text' }, text ),
				el(
					'span',
					{ className: 'nutgraf-slot' + ( count > slot ? ' is-over' : '' ) },
					el( 'span', { className: 'nutgraf-bar', 'aria-hidden': true }, el( 'span', { style: { width: `${ Math.min( 100, ( 100 * count ) / slot ) }%` } } ) ),
					/* translators: 1: characters of a headline, 2: characters that the slot holds. */
					el( 'span', { className: 'nutgraf-count' }, sprintf( __( '%1$d of %2$d', 'nutgraf' ), count, slot ) )
				)
			)
		);
	}

	function Related( { profiles } ) {
		const [ isOpen, setOpen ] = useKept( 'related/open', false );
		const [ search, setSearch ] = useKept( 'related/search', '' );
		const [ found, setFound ] = useKept( 'related/found', null );
		const [ chosen, setChosen ] = useKept( 'related/chosen', [] );
		const [ profile, setProfile ] = useKept( 'related/profile', '' );
		const [ roundup, setRoundup ] = useKept( 'related/roundup', null );
		const [ story, setStory ] = useKept( 'related/story', null );
		const searching = useRequest( 'search' );
		const proposing = useRequest( 'story' );
		const request = useRequest( 'related' );
		const length = profile || ( profiles.some( ( { name } ) => name === 'print' ) ? 'print' : known.profile );
		useEffect( () => {
			if ( ! isOpen ) {
				return undefined;
			}
			const timer = setTimeout( () => searching.start( wp.url.addQueryArgs( 'related', { search } ), null, setFound ), search ? SEARCH_PAUSE : 0 );
			return () => clearTimeout( timer );
		}, [ isOpen, search ] );
		const isChosen = ( post ) => chosen.some( ( each ) => each.id === post.id );
		const toggle = ( post ) => setChosen( isChosen( post ) ? chosen.filter( ( each ) => each.id !== post.id ) : [ ...chosen, post ] );
		const propose = () => {
			const { title, content } = edited();
			proposing.start( 'story', { title, content }, ( answer ) => {
				setStory( answer );
				wp.a11y.speak( foundOf( answer ) );
			} );
		};
		const open = () => {
			setOpen( true );
			propose();
		};
		const proposed = story ? story.posts : [];
		const isProposed = ( post ) => proposed.some( ( each ) => each.id === post.id );
		const listed = chosen.concat( ( found || [] ).filter( ( post ) => ! isChosen( post ) ) ).filter( ( post ) => ! isProposed( post ) );
		const choices = ( posts ) => posts.map( ( post ) => el( CheckboxControl, { key: post.id, label: el( Fragment, null, post.title, el( State, { post } ) ), checked: isChosen( post ), onChange: () => toggle( post ), __nextHasNoMarginBottom: true } ) );
		const make = () => {
			setRoundup( null );
			request.start( 'roundup', { posts: chosen.map( ( { id } ) => id ), profile: length }, setRoundup );
		};
		if ( ! isOpen ) {
			return el( 'div', { className: 'nutgraf-part nutgraf-related' }, el( Start, { onClick: open }, __( 'Related copy', 'nutgraf' ) ) );
		}
		return el(
			'div',
			{ className: 'nutgraf-part nutgraf-related' },
			el( BaseControl.VisualLabel, null, __( 'Related copy', 'nutgraf' ) ),
			el( Proposals, { request: proposing, story, choices, onLook: propose, left: proposed.filter( ( post ) => ! isChosen( post ) ), onAdd: ( posts ) => setChosen( [ ...chosen, ...posts ] ) } ),
			el( SearchControl, { label: __( 'Search posts', 'nutgraf' ), value: search, onChange: setSearch } ),
			searching.notice,
			! found && ! searching.notice && el( Spinner ),
			found && ! found.length && ! listed.length && el( 'p', { className: 'nutgraf-hint' }, __( 'No posts that you may quote.', 'nutgraf' ) ),
			el( 'div', { className: 'nutgraf-posts' }, choices( listed ) ),
			el( Lengths, { profiles, value: length, onChange: setProfile } ),
			el( Start, { isBusy: request.isBusy, disabled: ! chosen.length, onClick: make }, sprintf( /* translators: %d: number of posts. */ _n( 'Round-up of %d post', 'Round-up of %d posts', chosen.length, 'nutgraf' ), chosen.length ) ),
			request.notice,
			roundup && el( Preview, { roundup, onDone: () => setRoundup( null ) } )
		);
	}

	/** Recent posts of the same story; `left` are those that are not chosen yet. */
	function Proposals( { request, story, choices, onLook, left, onAdd } ) {
		const { length } = left;
		return el(
			'div',
			{ className: 'nutgraf-story', role: 'group', 'aria-label': __( 'Posts of the same story', 'nutgraf' ) },
			el( 'span', { className: 'nutgraf-hint' }, story ? foundOf( story ) : __( 'Posts of the same story', 'nutgraf' ) ),
			story && choices( story.posts ),
			length > 0 && el( Button, { variant: 'link', onClick: () => onAdd( left ) }, sprintf( /* translators: %d: number of posts. */ _n( 'Add %d post', 'Add %d posts', length, 'nutgraf' ), length ) ),
			request.notice,
			( ! story || story.supported ) && el( Button, { variant: 'link', isBusy: request.isBusy, disabled: request.isBusy, onClick: onLook }, request.isBusy ? __( 'Looking for posts…', 'nutgraf' ) : __( 'Look again', 'nutgraf' ) )
		);
	}

	/** A sentence that says what was found of a story. */
	function foundOf( { supported, posts } ) {
		if ( ! supported ) {
			return __( 'This Nutgraf is too old to propose posts. Search for them below.', 'nutgraf' );
		}
		if ( ! posts.length ) {
			return __( 'No recent post belongs to this story.', 'nutgraf' );
		}
		/* translators: %d: number of posts. */
		return sprintf( _n( '%d recent post belongs to this story.', '%d recent posts belong to this story.', posts.length, 'nutgraf' ), posts.length );
	}

	/** What says that a post is not published. */
	function State( { post } ) {
		return post.published ? null : el( 'span', { className: 'nutgraf-state' }, post.status );
	}

	/** A round-up before it is inserted, each sentence with its post. */
	function Preview( { roundup, onDone } ) {
		const insert = () => {
			const blocks = select( 'core/block-editor' ).getBlocks();
			const { insertBlocks, removeBlock } = dispatch( 'core/block-editor' );
			// Selecting what is inserted would turn the sidebar away from the panel.
			insertBlocks( wp.blocks.createBlock( 'core/paragraph', { content: roundup.html } ), blocks.length, undefined, false );
			if ( blocks.length === 1 && wp.blocks.isUnmodifiedDefaultBlock( blocks[ 0 ] ) ) {
				removeBlock( blocks[ 0 ].clientId, false );
			}
			wp.a11y.speak( __( 'Round-up inserted.', 'nutgraf' ) );
			onDone();
		};
		return el(
			'div',
			{ className: 'nutgraf-preview' },
			el( 'ol', null, roundup.sentences.map( ( sentence, at ) => el( 'li', { key: at }, sentence.text, ' ', el( 'cite', null, sentence.title ), el( State, { post: sentence } ) ) ) ),
			roundup.sentences.some( ( { published } ) => ! published ) && el( 'p', { className: 'nutgraf-hint' }, __( 'Links to posts that are not published lead nowhere until they are.', 'nutgraf' ) ),
			el( Button, { variant: 'primary', onClick: insert }, __( 'Insert at the end', 'nutgraf' ) ),
			el( Button, { variant: 'tertiary', onClick: onDone }, __( 'Discard', 'nutgraf' ) )
		);
	}

	function Nutgraf() {
		const [ profiles, setProfiles ] = useKept( 'profiles', [] );
		useEffect( () => {
			// Where this fails, the usual length is there, and the buttons say what is wrong.
			wp.apiFetch( { path: '/nutgraf/v1/profiles' } ).then( setProfiles, () => {} );
		}, [] );
		if ( ! known.isSetUp ) {
			return el( 'p', null, __( 'Nutgraf is not set up yet.', 'nutgraf' ), ' ', known.settings && el( ExternalLink, { href: known.settings }, __( 'Settings', 'nutgraf' ) ) );
		}
		return el( Fragment, null, known.hasExcerpt && el( Summary, { profiles } ), el( Headlines ), el( Related, { profiles } ) );
	}

	wp.plugins.registerPlugin( 'nutgraf', {
		icon: 'editor-quote',
		render: () => el( Panel, { name: 'nutgraf', title: __( 'Nutgraf', 'nutgraf' ), className: 'nutgraf-panel' }, el( Nutgraf ) ),
	} );
} )( window.wp, window.nutgrafEditor, window.nutgrafPanel );
