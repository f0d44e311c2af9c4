"""The rules room decides: pure functions, frozen values. It takes `now`, never asks for it."""
