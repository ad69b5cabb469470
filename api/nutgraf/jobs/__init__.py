"""Jobs: what does not fit in a request, stored before it is acknowledged and worked on by as many machines as wanted.

The way of a job: `intake` reads it -> `store` keeps it -> `queue` hands its tasks to workers -> `work` answers them under
`leases` -> `routes` streams the results, `callbacks` tells who asked. The tables are the truth, the queue is not: what a
message lost or a worker that died leaves undone is handed out again.
"""
