"""evalsvc: provinces assess and rank how public bodies work with and for the people."""
