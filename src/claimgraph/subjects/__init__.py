"""What the news is about: topics, happenings that several articles tell, storylines."""
