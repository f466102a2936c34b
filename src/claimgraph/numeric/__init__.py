"""Numeric expressions: numerals, figures with their unit and comparator, and what only looks like one."""
