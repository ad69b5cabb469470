/**
 * The progress of "Fill missing excerpts" above the list of posts.
 *
 * Each request performs one step of the run. If the user leaves the page, nothing is lost: the background continues.
 */
( function ( wp ) {
	const { __, _n, sprintf } = wp.i18n;
	const container = document.getElementById( 'nutgraf-run' );
	// Milliseconds between two requests if nothing has changed.
	const POLL_DELAY = 1000;

	if ( ! container ) {
		return;
	}
	let run = JSON.parse( container.dataset.run );
	let isRunning = false;

	function element( name, properties, ...children ) {
		const created = Object.assign( document.createElement( name ), properties );
		created.append( ...children );
		return created;
	}

	function button( label, onclick ) {
		return element( 'button', { type: 'button', className: 'button', textContent: label, onclick } );
	}

	function countsText() {
		const parts = [
			/* translators: %d: number of posts. */
			sprintf( _n( '%d excerpt filled', '%d excerpts filled', run.filled, 'nutgraf' ), run.filled ),
		];
		if ( run.kept ) {
			/* translators: %d: number of posts. */
			parts.push( sprintf( _n( '%d post already had an excerpt', '%d posts already had an excerpt', run.kept, 'nutgraf' ), run.kept ) );
		}
		if ( run.failed.length ) {
			/* translators: %d: number of posts. */
			parts.push( sprintf( _n( '%d post failed', '%d posts failed', run.failed.length, 'nutgraf' ), run.failed.length ) );
		}
		if ( run.waiting ) {
			/* translators: %d: number of posts. */
			parts.push( sprintf( _n( '%d post is waiting', '%d posts are waiting', run.waiting, 'nutgraf' ), run.waiting ) );
		}
		return parts.join( ', ' ) + '.';
	}

	function show() {
		const isDone = ! run.waiting;
		const kind = run.error || ( isDone && run.failed.length ) ? 'warning' : isDone ? 'success' : 'info';
		container.className = `notice notice-${ kind } nutgraf-run`;
		const parts = [ element( 'p', { className: 'nutgraf-counts' }, countsText() ) ];
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
		container.replaceChildren( ...parts );
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
		wp.a11y.speak( run.error || countsText() );
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
				setTimeout( step, run.waiting < before ? 0 : POLL_DELAY );
			} )
			.catch( ( error ) => {
				run.error = error.message || __( 'The site did not answer. Continue when it answers again.', 'nutgraf' );
				stop();
			} );
	}

	function end() {
		wp.apiFetch( { path: '/nutgraf/v1/run', method: 'DELETE' } ).then( () => container.remove(), ( error ) => {
			run.error = error.message;
			show();
		} );
	}

	if ( container.dataset.starts === 'yes' && run.waiting ) {
		start();
	} else {
		show();
	}
} )( window.wp );
