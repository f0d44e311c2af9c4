"""Checking what an app sends against Slack's limits. Refuses; never mends."""

from workspace.checks.messages import check_message
from workspace.checks.views import check_view

__all__ = ["check_message", "check_view"]
