"""Which articles speak of one person or body: told for a build, and told again where a graph changes."""
