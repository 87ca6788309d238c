"""What a user can do: one verb, one function."""
