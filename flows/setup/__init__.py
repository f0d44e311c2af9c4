"""Set-up: the central team sees and changes what the quarters run on, with an audit entry."""
