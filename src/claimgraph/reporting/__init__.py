"""The report's tables, and the report for reading."""
