"""The messages room says: notices, templates, the compiler to Block Kit, and forms."""
