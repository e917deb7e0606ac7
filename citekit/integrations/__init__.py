"""Other programs talk to citekit: protocols and services on top of the public API."""
