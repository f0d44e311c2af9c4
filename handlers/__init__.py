"""The handlers room answers: receive, translate, call one flow, take the result, answer."""
