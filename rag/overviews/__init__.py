"""Figures gathered for a view: deviations, forecasts that came out, goals and risks over years."""
