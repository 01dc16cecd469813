"""A question → what is asked for: the operation, the subject, the measure, the period."""
