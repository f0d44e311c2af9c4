"""The subcommands: each turns its words into one flow's arguments, and gives the flow's answer."""
