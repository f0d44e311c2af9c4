"""The rehearsal: a whole quarter on a hand-moved clock, with people who follow the data."""
