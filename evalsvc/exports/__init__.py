"""Values to files for people and programs: text, HTML, CSV, JSON."""
