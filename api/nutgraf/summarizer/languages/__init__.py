"""Everything that is specific to a language: its tokenizer, its detection and its classes of words."""
