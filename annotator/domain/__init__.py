"""Values and rules of labelling: no Qt, no SQL, no files."""
