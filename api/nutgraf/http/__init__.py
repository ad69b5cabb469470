"""Everything that depends on Flask: routes, problem responses, the contract, and who may call."""
