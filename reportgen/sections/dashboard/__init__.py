"""A screen of gauges at the top."""
