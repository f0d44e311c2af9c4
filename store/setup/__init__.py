"""The set-up as the central team changes it: rows become plans and plans become rows."""
