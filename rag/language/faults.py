"""What can go wrong with a language model. The message is Swedish, and goes into a sentence."""

from __future__ import annotations


class ModelFaultError(Exception):
    """A model that gives no usable text: "servern går inte att nå". Never ends an answer."""
