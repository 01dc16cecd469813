"""A language model, where one is set: it words what was found and plans questions of steps."""
