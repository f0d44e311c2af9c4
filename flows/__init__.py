"""The flows room does: one use case a file, one transaction a function. It words nothing."""
