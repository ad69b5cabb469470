"""Authentication, rate limits, admission, and the headers that protect browsers.

A request passes `authentication` (API key or, for webhooks, `hook_signatures`), then `rate_limits`, then `admission`,
which it enters once its body has arrived. `browser_headers` adds headers to its response.
"""
