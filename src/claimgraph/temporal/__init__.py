"""Time expressions: how they are written (their grammar), what they mean by themselves, and on which day they fall."""
