"""The section ``qt``: facts and charts."""
