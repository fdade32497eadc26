"""What stands inside the sandbox beside the notebook. It knows NumPy, and nothing of the book."""
