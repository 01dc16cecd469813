"""Figures checked against each other: arithmetic, prose against tables, one place against another.

Each check says which figures hold, and which contradict each other: that grades the reading of a
table, and finds the documents' own errors.
"""
