"""The database's structure, step by step. `store/migrate.py` runs the steps."""
