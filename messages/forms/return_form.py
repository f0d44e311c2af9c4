"""The return form as a whole: two steps, one context, one table of errors."""

from messages.forms.commentary_step import commentary_view, parse_commentary, shown_fields
from messages.forms.context import MOST_ACTIONS, FormContext, parse_context
from messages.forms.figure_step import figure_view, parse_figure
from messages.forms.problems import are_elsewhere, errors
from messages.forms.saving import typed_field

__all__ = [
    "MOST_ACTIONS",
    "FormContext",
    "are_elsewhere",
    "commentary_view",
    "errors",
    "figure_view",
    "parse_commentary",
    "parse_context",
    "parse_figure",
    "shown_fields",
    "typed_field",
]
