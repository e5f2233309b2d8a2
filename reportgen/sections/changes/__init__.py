"""What changed since the brief of a week before."""
