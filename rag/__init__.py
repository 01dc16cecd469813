"""Parsed documents and a question → an answer whose every quote stands on its page."""
