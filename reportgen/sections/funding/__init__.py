"""The section ``funding``: facts and charts."""
