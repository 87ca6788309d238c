"""Splits into training and test data that do not leak: what repeats itself stays together."""
