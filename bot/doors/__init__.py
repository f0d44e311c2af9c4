"""The doors: how what people do in Slack comes to the bot. Each file owns one way or one step."""
