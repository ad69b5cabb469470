"""Jobs: many requests at once, stored before they are acknowledged, and processed by any number of machines.

`http.job_body` reads a job -> `store` saves it -> `queue` passes its tasks to workers -> `work` answers them under `leases`
-> `http.routes.jobs` streams the results, and `callbacks` notifies the caller. Only the tables are authoritative, not the
queue: tasks whose message is lost or whose worker died are queued again.
"""
