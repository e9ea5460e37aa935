"""Mail to people: what a letter is, and what carries it out of the house."""
