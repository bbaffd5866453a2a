"""Watches news articles for edits after publication and publishes a feed of changes for each of them."""

__version__ = "0.1.0"
