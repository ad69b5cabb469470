"""Text -> paragraphs -> body or boilerplate -> sentences -> words -> term weights."""
