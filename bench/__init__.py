"""What is measured, and how: CPU time (best of nine) and peak memory, beside the bounds."""
