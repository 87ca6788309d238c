"""The export window: which form, what goes in, how it is divided; what that comes to."""
