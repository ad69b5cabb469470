"""What an answer reports beside the summary: corroboration, differing figures, key terms."""
