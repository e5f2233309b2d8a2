"""Locale files as a product: made from the templates, kept in step with them, handed out."""
