"""Forms of their own: what stands in the records, by table, as CSV files or sheets."""
