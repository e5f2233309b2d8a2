"""Weekly brief on US dollar liquidity, in Chinese and English, from official data."""

__version__ = "0.1.0"
