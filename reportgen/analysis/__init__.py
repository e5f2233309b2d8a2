"""Arithmetic that sections share, and the dated facts no API carries."""
