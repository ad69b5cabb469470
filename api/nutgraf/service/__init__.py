"""Everything about requests that is independent of Flask: the wire format, the limits, and `respond`."""
