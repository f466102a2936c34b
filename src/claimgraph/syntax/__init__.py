"""What the parse of a sentence tells, whatever is looked for in it: phrases, slots of a predicate, tense, factuality."""
