"""Other libraries' interfaces, on top of citekit."""
