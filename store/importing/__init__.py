"""Files in, records kept: reading folders of input and loading them whole or not at all."""
