"""Tables: ruling lines and words of a page in, cells as printed out."""
