"""Who is let in, how often, with how much, and what a browser may do with the answer.

The way of a request: `admission` has a place for it -> `authentication` knows its key -> `limits` counts it -> `browsers`
adds the headers to its answer.
"""
