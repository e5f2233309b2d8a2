"""The section ``srf``: facts and charts."""
