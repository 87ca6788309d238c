"""The adjudicate page: the decided answer, case by case."""
