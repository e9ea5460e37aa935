"""The deeds that people do; one module for each job, one function for each deed."""
