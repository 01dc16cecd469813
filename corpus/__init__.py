"""Sample documents of an invented Swedish municipality, and the generator that writes them."""
