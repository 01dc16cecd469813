"""Tables and sentences → figures: each number with its labels, measure, period and unit."""
