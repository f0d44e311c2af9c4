"""The forms of set-up: one builder reads its fields from the rules' tables and words them."""
