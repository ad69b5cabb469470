"""Commands that produce every learned constant and model. Nothing here is used at run time."""
