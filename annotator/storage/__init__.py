"""The project file: SQL lives here and nowhere else."""
