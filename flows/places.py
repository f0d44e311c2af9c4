"""The channels by name. Which Slack channel each one is, is a setting of the installation."""

BOARD = "BOARD_CHANNEL"
CENTRAL = "CENTRAL_CHANNEL"
