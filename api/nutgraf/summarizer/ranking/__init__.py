"""Sentences -> centrality -> salience -> the chosen ones, in reading order."""
