"""The adjudicate page: several annotators' statements side by side, and what is decided of them."""
