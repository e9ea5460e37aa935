"""The database: one module for each stored thing; rows never leave it."""
