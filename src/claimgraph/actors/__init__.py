"""Who is meant inside one article: names, descriptions and pronouns, and whom of the authority they stand for."""
