"""The Stance Annotator: mark who says what about which target, and compare the answers."""

__version__ = "0.1.0"
