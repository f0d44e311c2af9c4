"""The return form as a whole: two steps, one context, one table of errors."""

from messages.forms.commentary_step import commentary_view, parse_commentary
from messages.forms.context import MOST_ACTIONS, FormContext, parse_context
from messages.forms.figure_step import figure_view, parse_figure
from messages.forms.problems import errors

__all__ = [
    "MOST_ACTIONS",
    "FormContext",
    "commentary_view",
    "errors",
    "figure_view",
    "parse_commentary",
    "parse_context",
    "parse_figure",
]
