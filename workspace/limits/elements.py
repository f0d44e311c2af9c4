"""Elements and composition objects, field by field (limits sheet section 3)."""

from workspace.limits.kinds import (
    UNBOUNDED,
    Chars,
    Choice,
    Flag,
    Free,
    Part,
    Parts,
    Rule,
    Shape,
    Strings,
    Whole,
    Words,
)

ACTION: dict[str, Rule] = {"type": Free(), "action_id": Chars(255, 1)}
CONFIRM: dict[str, Rule] = {"confirm": Part(("confirm",))}
FOCUS: dict[str, Rule] = {"focus_on_load": Flag()}
PLACEHOLDER: dict[str, Rule] = {"placeholder": Words(150)}
DISPATCH: dict[str, Rule] = {"dispatch_action_config": Part(("dispatch_action_config",))}
OPTIONS: dict[str, Rule] = {
    "options": Parts(("option",), 100),
    "option_groups": Parts(("option_group",), 100),
}
MOST: dict[str, Rule] = {"max_selected_items": Whole(1, UNBOUNDED)}
LENGTHS: dict[str, Rule] = {"min_length": Whole(0, 3000), "max_length": Whole(1, 3000)}


def _select(**more: Rule) -> Shape:
    return Shape({**ACTION, **PLACEHOLDER, **CONFIRM, **FOCUS, **more})


def _written(**more: Rule) -> Shape:
    return Shape({**ACTION, **PLACEHOLDER, **FOCUS, **DISPATCH, **more})


COMPOSITION: dict[str, Shape] = {
    "option": Shape(
        {
            "text": Words(75, markup=True),
            "value": Chars(150),
            "description": Words(75, markup=True),
            "url": Chars(3000),
        },
        ("text", "value"),
    ),
    "option_group": Shape(
        {"label": Words(75), "options": Parts(("option",), 100)}, ("label", "options")
    ),
    "confirm": Shape(
        {
            "title": Words(100),
            "text": Words(300, markup=True),
            "confirm": Words(30),
            "deny": Words(30),
            "style": Choice(frozenset({"primary", "danger"})),
        },
        ("title", "text", "confirm", "deny"),
    ),
    "dispatch_action_config": Shape({"trigger_actions_on": Strings(2, 1)}),
    "filter": Shape(
        {
            "include": Strings(4, 1),
            "exclude_external_shared_channels": Flag(),
            "exclude_bot_users": Flag(),
        }
    ),
}

BUTTONS: dict[str, Shape] = {
    "button": Shape(
        {
            **ACTION,
            **CONFIRM,
            "text": Words(75),
            "value": Chars(2000),
            "url": Chars(3000),
            "style": Choice(frozenset({"primary", "danger"})),
            "accessibility_label": Chars(75),
        },
        ("text",),
    ),
    "overflow": Shape({**ACTION, **CONFIRM, "options": Parts(("option",), 5)}, ("options",)),
    "image_element": Shape(
        {"type": Free(), "image_url": Chars(3000), "slack_file": Free(), "alt_text": Chars(2000)},
        ("alt_text",),
        ("image_url", "slack_file"),
    ),
    "checkboxes": Shape(
        {
            **ACTION,
            **CONFIRM,
            **FOCUS,
            "options": Parts(("option",), 10),
            "initial_options": Parts(("option",), 10),
        },
        ("options",),
    ),
    "radio_buttons": Shape(
        {
            **ACTION,
            **CONFIRM,
            **FOCUS,
            "options": Parts(("option",), 10),
            "initial_option": Part(("option",)),
        },
        ("options",),
    ),
}

ONE = Part(("option",))
SEVERAL = Parts(("option",), 100)

SELECTS: dict[str, Shape] = {
    "static_select": Shape(
        {**ACTION, **PLACEHOLDER, **CONFIRM, **FOCUS, **OPTIONS, "initial_option": ONE},
        either=("options", "option_groups"),
        only_one=("options", "option_groups"),
    ),
    "multi_static_select": Shape(
        {
            **ACTION,
            **PLACEHOLDER,
            **CONFIRM,
            **FOCUS,
            **OPTIONS,
            **MOST,
            "initial_options": SEVERAL,
        },
        either=("options", "option_groups"),
        only_one=("options", "option_groups"),
    ),
    "external_select": _select(initial_option=ONE, min_query_length=Whole(0, UNBOUNDED)),
    "multi_external_select": _select(
        initial_options=SEVERAL, min_query_length=Whole(0, UNBOUNDED), **MOST
    ),
    "users_select": _select(initial_user=Chars(255)),
    "multi_users_select": _select(initial_users=Strings(UNBOUNDED), **MOST),
    "channels_select": _select(initial_channel=Chars(255), response_url_enabled=Flag()),
    "multi_channels_select": _select(initial_channels=Strings(UNBOUNDED), **MOST),
    "conversations_select": _select(
        initial_conversation=Chars(255),
        default_to_current_conversation=Flag(),
        response_url_enabled=Flag(),
        filter=Part(("filter",)),
    ),
    "multi_conversations_select": _select(
        initial_conversations=Strings(UNBOUNDED),
        default_to_current_conversation=Flag(),
        filter=Part(("filter",)),
        **MOST,
    ),
}

WRITTEN: dict[str, Shape] = {
    "plain_text_input": _written(initial_value=Chars(3000), multiline=Flag(), **LENGTHS),
    "number_input": Shape(
        {
            **ACTION,
            **PLACEHOLDER,
            **FOCUS,
            **DISPATCH,
            "is_decimal_allowed": Flag(),
            "initial_value": Chars(3000),
            "min_value": Chars(3000),
            "max_value": Chars(3000),
        },
        ("is_decimal_allowed",),
    ),
    "email_text_input": _written(initial_value=Chars(3000)),
    "url_text_input": _written(initial_value=Chars(3000)),
    "rich_text_input": _written(
        initial_value=Part(("rich_text",)), min_lines=Whole(1, 100), max_lines=Whole(1, 100)
    ),
    "file_input": Shape({**ACTION, "filetypes": Strings(UNBOUNDED), "max_files": Whole(1, 10)}),
    "datepicker": _select(initial_date=Chars(10)),
    "timepicker": _select(initial_time=Chars(5), timezone=Chars(255)),
    "datetimepicker": Shape(
        {**ACTION, **CONFIRM, **FOCUS, "initial_date_time": Whole(0, 9_999_999_999)}
    ),
}

ELEMENTS: dict[str, Shape] = {**COMPOSITION, **BUTTONS, **SELECTS, **WRITTEN}
