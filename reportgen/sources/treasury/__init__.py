"""Fiscal Data of the US Treasury."""
