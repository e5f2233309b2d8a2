"""The section ``tools``: facts and charts."""
