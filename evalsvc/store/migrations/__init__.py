"""How the tables came to be: numbered steps, each tried on a database with data."""
