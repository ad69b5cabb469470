"""Jobs: many requests at once, stored before they are acknowledged, and processed by any number of machines.

`http.job_body` reads a job -> `store` saves it -> `queue` passes its tasks to workers -> `task_execution` answers the
requests of a task, on which the worker holds a lease (`leases`) -> `http.routes.jobs` streams the results, and `callbacks`
notifies the caller, through `callback_client`. The tables are authoritative, not the queue: a task is queued again if its
message is lost or its worker dies.

A callback is the webhook that the service sends when a job ends. The webhooks that a CMS sends to the service are called
hooks.
"""
