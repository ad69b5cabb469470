"""Everything that depends on Flask: routes, request bodies, problem responses, the contract, and security."""
