"""Evidence outside the database: what arrives, what is kept, what is shown of it."""
