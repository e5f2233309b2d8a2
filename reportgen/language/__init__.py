"""What a language needs: formats, catalogue, typography, and the checks on them."""
