"""What of a graph is drawn: its things, the part that fits a page, what is drawn once or is new, who decided."""
