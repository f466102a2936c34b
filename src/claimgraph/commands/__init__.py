"""What the commands of cli.py share, and those that are long: options, lines on standard error."""
