"""Processes of their own: each does one thing, and prints what it measured as a line of JSON."""
