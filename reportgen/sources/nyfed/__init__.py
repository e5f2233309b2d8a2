"""The Markets Data of the Federal Reserve Bank of New York."""
