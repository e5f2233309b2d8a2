"""Observations with vintages, the bundled snapshot, and the as-of view."""
