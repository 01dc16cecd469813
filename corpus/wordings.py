"""All passages that documents take over from each other, change or leave out."""

from corpus import bun_wordings, von_wordings

WORDINGS = (*von_wordings.WORDINGS, *bun_wordings.WORDINGS)
