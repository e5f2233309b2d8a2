"""Pages and documents: HTML and PDF from facts and templates, and the gates they must pass."""
