"""What a request means, without Flask: the wire format, and the one function that answers a request."""
