"""Providers and the series catalogue."""
