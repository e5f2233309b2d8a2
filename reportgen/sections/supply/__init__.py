"""The section ``supply``: facts and charts."""
