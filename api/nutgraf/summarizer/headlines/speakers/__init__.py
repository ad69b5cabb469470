"""Who says what a sentence reports: `source_attribution` finds the speaker, `speaker_wordings` shortens the attribution.

`unknown_source` finds claims whose source no rule finds; `person_names` finds given names that a headline can omit.
"""
