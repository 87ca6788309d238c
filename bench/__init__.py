"""What `make bench` measures: each promised speed beside the plain thing, in the same run."""
