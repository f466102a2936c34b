"""The same text again: copies, later versions of an article, and what they say differently."""
