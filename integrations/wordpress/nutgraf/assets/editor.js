/**
 * The panel in the block editor: summary, headlines, related copy.
 *
 * It sends requests to the REST routes of this site, and sets fields through the store of the editor, so that undo works. It asks
 * before it replaces text that a person wrote.
 */
( function ( wp, settings, { edited, useStored, useRequest, setField, RequestButton, Question } ) {
	const { createElement: el, Fragment, useEffect } = wp.element;
	const { BaseControl, Button, CheckboxControl, ExternalLink, RangeControl, SearchControl, SelectControl, Spinner } = wp.components;
	const { __, _n, sprintf } = wp.i18n;
	const { decodeEntities } = wp.htmlEntities;
	const { dispatch, select, useSelect } = wp.data;
	// WordPress 6.6 moved this component to wp.editor.
	const Panel = ( wp.editor && wp.editor.PluginDocumentSettingPanel ) || wp.editPost.PluginDocumentSettingPanel;
	const SEARCH_DELAY = 300;

	/** The choice of a length. */
	function LengthSelect( { profiles, value, onChange } ) {
		const names = profiles.map( ( { name } ) => name );
		const options = ( names.includes( value ) ? [] : [ { value, label: value } ] ).concat( profiles.map( ( profile ) => ( { value: profile.name, label: optionLabel( profile ) } ) ) );
		return el( SelectControl, { label: __( 'Length', 'nutgraf' ), value, options, onChange, __nextHasNoMarginBottom: true } );
	}

	function optionLabel( { name, length } ) {
		const [ unit, count ] = Object.entries( length )[ 0 ];
		const countText = {
			/* translators: %d: the number. */
			characters: () => _n( '%d character', '%d characters', count, 'nutgraf' ),
			/* translators: %d: the number. */
			words: () => _n( '%d word', '%d words', count, 'nutgraf' ),
			/* translators: %d: the number. */
			sentences: () => _n( '%d sentence', '%d sentences', count, 'nutgraf' ),
		}[ unit ];
		return countText ? `${ name } (${ sprintf( countText(), count ) })` : name;
	}

	function Summary( { profiles } ) {
		const [ profile, setProfile ] = useStored( 'summary/profile', settings.profile );
		const [ proposal, setProposal ] = useStored( 'summary/proposal', '' );
		const [ filledExcerpt, setFilledExcerpt ] = useStored( 'summary/made', '' );
		const current = useSelect( ( selectStore ) => selectStore( 'core/editor' ).getEditedPostAttribute( 'excerpt' ), [] );
		const request = useRequest( 'summary' );
		const fillExcerpt = ( excerpt ) => {
			setProposal( '' );
			setFilledExcerpt( excerpt );
			setField( 'excerpt', excerpt, __( 'Excerpt filled.', 'nutgraf' ) );
		};
		const summarize = () => {
			setProposal( '' );
			const before = edited().excerpt;
			request.start( 'summary', { ...edited(), profile }, ( answer ) => {
				// An excerpt that was typed during the request was also written by hand.
				const isByHand = answer.by_hand || edited().excerpt !== before;
				return isByHand && edited().excerpt.trim() !== answer.excerpt ? setProposal( answer.excerpt ) : fillExcerpt( answer.excerpt );
			} );
		};
		return el(
			'div',
			{ className: 'nutgraf-part nutgraf-summary' },
			el( LengthSelect, { profiles, value: profile, onChange: setProfile } ),
			el( RequestButton, { isBusy: request.isBusy, onClick: summarize }, __( 'Summarize', 'nutgraf' ) ),
			request.notice,
			filledExcerpt && filledExcerpt === current && el( 'p', { className: 'nutgraf-made' }, decodeEntities( filledExcerpt ) ),
			proposal && el( Question, { text: __( 'Replace the current excerpt?', 'nutgraf' ), proposal, onReplace: () => fillExcerpt( proposal ), onKeep: () => setProposal( '' ) } )
		);
	}

	// The titles that the plugin suggested: they are replaced without a question.
	const generatedTitles = new Set();

	function Headlines() {
		const [ slot, setSlot ] = useStored( 'headlines/slot', settings.characters );
		const [ headlines, setHeadlines ] = useStored( 'headlines/list', null );
		const [ proposal, setProposal ] = useStored( 'headlines/proposal', '' );
		const request = useRequest( 'headlines' );
		const title = useSelect( ( selectStore ) => selectStore( 'core/editor' ).getEditedPostAttribute( 'title' ) || '', [] );
		const suggest = () => {
			setProposal( '' );
			const before = edited().title.trim();
			request.start( 'headlines', { ...edited(), characters: slot }, ( answer ) => {
				answer.headlines.forEach( ( headline ) => generatedTitles.add( headline ) );
				if ( ! answer.by_hand ) {
					generatedTitles.add( before );
				}
				setHeadlines( answer.headlines );
			} );
		};
		const applyHeadline = ( headline ) => {
			setProposal( '' );
			setField( 'title', headline, __( 'Title set.', 'nutgraf' ) );
		};
		const choose = ( headline ) => ( title.trim() === '' || generatedTitles.has( title.trim() ) ? applyHeadline( headline ) : setProposal( headline ) );
		return el(
			'div',
			{ className: 'nutgraf-part nutgraf-headlines' },
			el( RangeControl, { label: __( 'Slot, in characters', 'nutgraf' ), value: slot, min: settings.minCharacters, max: settings.maxCharacters, onChange: ( value ) => setSlot( value || settings.characters ), __nextHasNoMarginBottom: true } ),
			el( RequestButton, { isBusy: request.isBusy, onClick: suggest }, __( 'Headlines', 'nutgraf' ) ),
			request.notice,
			headlines && ! headlines.length && el( 'p', { className: 'nutgraf-hint' }, __( 'No headline fits this slot. Allow more characters, or write more of the post.', 'nutgraf' ) ),
			headlines && el( 'ul', { className: 'nutgraf-list' }, headlines.map( ( headline ) => el( Headline, { key: headline, headline, slot, isChosen: headline === title, onClick: () => choose( headline ) } ) ) ),
			proposal && el( Question, { text: __( 'Replace the current title?', 'nutgraf' ), proposal, onReplace: () => applyHeadline( proposal ), onKeep: () => setProposal( '' ) } )
		);
	}

	/** A suggestion, with a bar that shows how much of the slot it fills. */
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
					/* translators: 1: characters of a headline, 2: maximum characters of the slot. */
					el( 'span', { className: 'nutgraf-count' }, sprintf( __( '%1$d of %2$d', 'nutgraf' ), count, slot ) )
				)
			)
		);
	}

	function Related( { profiles } ) {
		const [ isOpen, setOpen ] = useStored( 'related/open', false );
		const [ search, setSearch ] = useStored( 'related/search', '' );
		const [ found, setFound ] = useStored( 'related/found', null );
		const [ chosen, setChosen ] = useStored( 'related/chosen', [] );
		const [ profile, setProfile ] = useStored( 'related/profile', '' );
		const [ roundup, setRoundup ] = useStored( 'related/roundup', null );
		const [ story, setStory ] = useStored( 'related/story', null );
		const searching = useRequest( 'search' );
		const proposing = useRequest( 'story' );
		const request = useRequest( 'related' );
		const length = profile || ( profiles.some( ( { name } ) => name === 'print' ) ? 'print' : settings.profile );
		useEffect( () => {
			if ( ! isOpen ) {
				return undefined;
			}
			const timer = setTimeout( () => searching.start( wp.url.addQueryArgs( 'related', { search } ), null, setFound ), search ? SEARCH_DELAY : 0 );
			return () => clearTimeout( timer );
		}, [ isOpen, search ] );
		const isChosen = ( post ) => chosen.some( ( other ) => other.id === post.id );
		const toggle = ( post ) => setChosen( isChosen( post ) ? chosen.filter( ( other ) => other.id !== post.id ) : [ ...chosen, post ] );
		const propose = () => {
			const { title, content } = edited();
			proposing.start( 'story', { title, content }, ( answer ) => {
				setStory( answer );
				wp.a11y.speak( storyMessage( answer ) );
			} );
		};
		const open = () => {
			setOpen( true );
			propose();
		};
		const proposedPosts = story ? story.posts : [];
		const isProposed = ( post ) => proposedPosts.some( ( other ) => other.id === post.id );
		const otherPosts = chosen.concat( ( found || [] ).filter( ( post ) => ! isChosen( post ) ) ).filter( ( post ) => ! isProposed( post ) );
		const checkboxes = ( posts ) => posts.map( ( post ) => el( CheckboxControl, { key: post.id, label: el( Fragment, null, post.title, el( StatusLabel, { post } ) ), checked: isChosen( post ), onChange: () => toggle( post ), __nextHasNoMarginBottom: true } ) );
		const makeRoundup = () => {
			setRoundup( null );
			request.start( 'roundup', { posts: chosen.map( ( { id } ) => id ), profile: length }, setRoundup );
		};
		if ( ! isOpen ) {
			return el( 'div', { className: 'nutgraf-part nutgraf-related' }, el( RequestButton, { onClick: open }, __( 'Related copy', 'nutgraf' ) ) );
		}
		return el(
			'div',
			{ className: 'nutgraf-part nutgraf-related' },
			el( BaseControl.VisualLabel, null, __( 'Related copy', 'nutgraf' ) ),
			el( Proposals, { request: proposing, story, checkboxes, onSearch: propose, unchosen: proposedPosts.filter( ( post ) => ! isChosen( post ) ), onAdd: ( posts ) => setChosen( [ ...chosen, ...posts ] ) } ),
			el( SearchControl, { label: __( 'Search posts', 'nutgraf' ), value: search, onChange: setSearch } ),
			searching.notice,
			! found && ! searching.notice && el( Spinner ),
			found && ! found.length && ! otherPosts.length && el( 'p', { className: 'nutgraf-hint' }, __( 'No posts that you may quote.', 'nutgraf' ) ),
			el( 'div', { className: 'nutgraf-posts' }, checkboxes( otherPosts ) ),
			el( LengthSelect, { profiles, value: length, onChange: setProfile } ),
			el( RequestButton, { isBusy: request.isBusy, disabled: ! chosen.length, onClick: makeRoundup }, sprintf( /* translators: %d: number of posts. */ _n( 'Round-up of %d post', 'Round-up of %d posts', chosen.length, 'nutgraf' ), chosen.length ) ),
			request.notice,
			roundup && el( Preview, { roundup, onDone: () => setRoundup( null ) } )
		);
	}

	/** The recent posts of the same story; `unchosen` are those that the user has not chosen. */
	function Proposals( { request, story, checkboxes, onSearch, unchosen, onAdd } ) {
		const { length } = unchosen;
		return el(
			'div',
			{ className: 'nutgraf-story', role: 'group', 'aria-label': __( 'Posts of the same story', 'nutgraf' ) },
			el( 'span', { className: 'nutgraf-hint' }, story ? storyMessage( story ) : __( 'Posts of the same story', 'nutgraf' ) ),
			story && checkboxes( story.posts ),
			length > 0 && el( Button, { variant: 'link', onClick: () => onAdd( unchosen ) }, sprintf( /* translators: %d: number of posts. */ _n( 'Add %d post', 'Add %d posts', length, 'nutgraf' ), length ) ),
			request.notice,
			( ! story || story.supported ) && el( Button, { variant: 'link', isBusy: request.isBusy, disabled: request.isBusy, onClick: onSearch }, request.isBusy ? __( 'Searching for posts…', 'nutgraf' ) : __( 'Search again', 'nutgraf' ) )
		);
	}

	/** The sentence that says how many posts belong to the story. */
	function storyMessage( { supported, posts } ) {
		if ( ! supported ) {
			return __( 'This version of Nutgraf cannot propose posts. Search for them below.', 'nutgraf' );
		}
		if ( ! posts.length ) {
			return __( 'No recent post belongs to this story.', 'nutgraf' );
		}
		/* translators: %d: number of posts. */
		return sprintf( _n( '%d recent post belongs to this story.', '%d recent posts belong to this story.', posts.length, 'nutgraf' ), posts.length );
	}

	/** The status of a post that is not published. */
	function StatusLabel( { post } ) {
		return post.published ? null : el( 'span', { className: 'nutgraf-state' }, post.status );
	}

	/** A round-up before it is inserted, each sentence with its post. */
	function Preview( { roundup, onDone } ) {
		const insert = () => {
			const blocks = select( 'core/block-editor' ).getBlocks();
			const { insertBlocks, removeBlock } = dispatch( 'core/block-editor' );
			// The inserted block is not selected: the sidebar would then show the block instead of the panel.
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
			el( 'ol', null, roundup.sentences.map( ( sentence, index ) => el( 'li', { key: index }, sentence.text, ' ', el( 'cite', null, sentence.title ), el( StatusLabel, { post: sentence } ) ) ) ),
			roundup.sentences.some( ( { published } ) => ! published ) && el( 'p', { className: 'nutgraf-hint' }, __( 'Links to unpublished posts work only after the posts are published.', 'nutgraf' ) ),
			el( Button, { variant: 'primary', onClick: insert }, __( 'Insert at the end', 'nutgraf' ) ),
			el( Button, { variant: 'tertiary', onClick: onDone }, __( 'Discard', 'nutgraf' ) )
		);
	}

	function Nutgraf() {
		const [ profiles, setProfiles ] = useStored( 'profiles', [] );
		useEffect( () => {
			// If this fails, the length of the settings is still available, and each button reports its error.
			wp.apiFetch( { path: '/nutgraf/v1/profiles' } ).then( setProfiles, () => {} );
		}, [] );
		if ( ! settings.isSetUp ) {
			return el( 'p', null, __( 'Nutgraf is not set up yet.', 'nutgraf' ), ' ', settings.settingsAddress && el( ExternalLink, { href: settings.settingsAddress }, __( 'Settings', 'nutgraf' ) ) );
		}
		return el( Fragment, null, settings.hasExcerpt && el( Summary, { profiles } ), el( Headlines ), el( Related, { profiles } ) );
	}

	wp.plugins.registerPlugin( 'nutgraf', {
		icon: 'editor-quote',
		render: () => el( Panel, { name: 'nutgraf', title: __( 'Nutgraf', 'nutgraf' ), className: 'nutgraf-panel' }, el( Nutgraf ) ),
	} );
} )( window.wp, window.nutgrafEditor, window.nutgrafPanel );
