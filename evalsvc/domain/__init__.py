"""The rules: immutable values and pure functions, standard library only."""
