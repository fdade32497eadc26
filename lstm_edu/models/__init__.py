"""Trained networks that come with the package, the commands that train them, their yardsticks."""
