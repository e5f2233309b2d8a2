"""Charts: one style, the chart kinds, and the one way to save them."""
