"""The workspace room rehearses: a Slack workspace in a box. It imports no other room."""
