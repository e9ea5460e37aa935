"""The pages: they read what was asked, let one deed be done, and answer."""
