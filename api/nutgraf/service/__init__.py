"""Everything about requests that is independent of Flask: the wire format, the limits, and `respond`.

`respond` answers a valid request in this process. Above it, `isolated_responder` answers in a process that may die,
`responder_pool` in one such process per core, and `spawned_responders` in such processes of a program that must not fork.
They stand on `compute_process`, which calls a function in a child process, and on `fork_server`, which forks the children.
"""
