"""Reported speech: cues and what each attributes, quotations, transcripts, and whose the words are."""
