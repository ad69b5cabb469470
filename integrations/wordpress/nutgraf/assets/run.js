/**
 * The progress of "Fill missing excerpts" above the list of posts.
 *
 * Each request takes the run one step on; between steps nothing is lost when the page is left.
 */
( function ( wp ) {
	const { __, _n, sprintf } = wp.i18n;
	const place = document.getElementById( 'nutgraf-run' );
	// Between two looks at a job that has nothing new yet.
	const PAUSE = 1000;

	if ( ! place ) {
		return;
	}
	let run = JSON.parse( place.dataset.run );
	let isRunning = false;

	function element( name, properties, ...children ) {
		const made = Object.assign( document.createElement( name ), properties );
		made.append( ...children );
		return made;
	}

	function button( label, onclick ) {
		return element( 'button', { type: 'button', className: 'button', textContent: label, onclick } );
	}

	function counted() {
		const parts = [
			/* translators: %d: number of posts. */
			sprintf( _n( '%d excerpt filled', '%d excerpts filled', run.filled, 'nutgraf' ), run.filled ),
		];
		if ( run.kept ) {
			/* translators: %d: number of posts. */
			parts.push( sprintf( _n( '%d post had one', '%d posts had one', run.kept, 'nutgraf' ), run.kept ) );
		}
		if ( run.failed.length ) {
			/* translators: %d: number of posts. */
			parts.push( sprintf( _n( '%d post got none', '%d posts got none', run.failed.length, 'nutgraf' ), run.failed.length ) );
		}
		if ( run.waiting ) {
			/* translators: %d: number of posts. */
			parts.push( sprintf( _n( '%d post waits', '%d posts wait', run.waiting, 'nutgraf' ), run.waiting ) );
		}
		return parts.join( ', ' ) + '.';
	}

	function show() {
		const isDone = ! run.waiting;
		const kind = run.error || ( isDone && run.failed.length ) ? 'warning' : isDone ? 'success' : 'info';
		place.className = `notice notice-${ kind } nutgraf-run`;
		const parts = [ element( 'p', { className: 'nutgraf-counts' }, counted() ) ];
		if ( ! isDone ) {
			parts.push( element( 'progress', { max: run.total, value: run.total - run.waiting } ) );
		}
		if ( run.error ) {
			parts.push( element( 'p', { className: 'nutgraf-error' }, run.error ) );
		}
		if ( run.failed.length ) {
			const link = ( { title, edit } ) => ( edit ? element( 'a', { href: edit, textContent: title } ) : title );
			parts.push( element( 'ul', {}, ...run.failed.map( ( post ) => element( 'li', {}, link( post ), ` – ${ post.reason }` ) ) ) );
		}
		if ( ! isRunning ) {
			parts.push( isDone ? button( __( 'Dismiss', 'nutgraf' ), end ) : button( __( 'Continue', 'nutgraf' ), start ) );
			if ( ! isDone ) {
				parts.push( button( __( 'Cancel', 'nutgraf' ), end ) );
			}
		}
		place.replaceChildren( ...parts );
	}

	function start() {
		isRunning = true;
		run.error = '';
		show();
		step();
	}

	function stop() {
		isRunning = false;
		show();
		wp.a11y.speak( run.error || counted() );
	}

	function step() {
		const before = run.waiting;
		wp.apiFetch( { path: '/nutgraf/v1/run', method: 'POST' } )
			.then( ( answer ) => {
				run = answer;
				if ( run.error || ! run.waiting ) {
					stop();
					return;
				}
				show();
				setTimeout( step, run.waiting < before ? 0 : PAUSE );
			} )
			.catch( ( error ) => {
				run.error = error.message || __( 'The site did not answer. Continue when it does.', 'nutgraf' );
				stop();
			} );
	}

	function end() {
		wp.apiFetch( { path: '/nutgraf/v1/run', method: 'DELETE' } ).then( () => place.remove(), ( error ) => {
			run.error = error.message;
			show();
		} );
	}

	if ( place.dataset.starts === 'yes' && run.waiting ) {
		start();
	} else {
		show();
	}
} )( window.wp );
