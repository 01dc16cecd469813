"""Boards, reports or years set against each other: which is furthest from its budget, and why."""
