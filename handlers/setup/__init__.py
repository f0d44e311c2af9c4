"""Set-up in Slack: the central team sees and changes what the quarters run on."""
