"""The section ``lead``: facts and charts."""
