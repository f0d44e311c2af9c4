"""Records out, as files in the forms they are imported in: a round trip changes nothing."""
