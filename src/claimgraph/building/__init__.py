"""How a build keeps what it has read and writes its files, with a memory that does not grow."""
