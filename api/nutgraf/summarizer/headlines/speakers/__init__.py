"""Who says what a sentence reports: `source_attribution` finds the speaker, `speaker_wordings` shortens the attribution.

`person_names` finds given names that a headline can omit.
"""
