"""Sentences for people, in Vietnamese or English, made from values of the domain."""
