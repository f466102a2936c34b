"""How claims bear on each other: their clauses and figures compared, inside one article and across many."""
