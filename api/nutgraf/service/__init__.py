"""Handles requests independently of Flask: the wire format, the limits, and `respond`, which answers a valid request.

A responder takes the body of a request and returns the status and the body of the answer:

- `respond.Responder` computes the answer in the calling process.
- `compute_process_responder` computes it in a child process, which can be killed at a deadline.
- `responder_pool` uses one child process per core, for commands that answer many requests.
- `spawned_responders` is for processes with threads, which must not fork: it spawns a new interpreter, which forks the
  children.

`compute_process` calls a function in a child process, and `fork_server` forks the child processes.
"""
