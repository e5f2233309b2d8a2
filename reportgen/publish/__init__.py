"""Brings the site to where it is read: staged, switched, verified, and never half of it."""
