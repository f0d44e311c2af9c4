"""Forms of the set-up: each with its view, its parsing and its errors in one file."""
