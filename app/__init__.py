"""The command line and the web page: shows answers to people and programs."""
