"""Forms: the view a person fills in, reading it back, and its errors, one form a file.

Built with `slack_sdk.models`. A form judges nothing: what was typed goes to a flow as it is,
cleaned. State that is missing or was tampered with reads as empty and never raises.
"""
