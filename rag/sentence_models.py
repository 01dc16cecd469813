"""Any sentence-transformers model, by name or folder, behind the seam of `rag.embedders`.

The only module that imports sentence-transformers. Weights are read as safetensors alone and no
code from a model's repository is run: a pickle, or a model's own module, could do anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from rag.embedders import Vectors
from rag.errors import EmbedderError

_MARKED = 1_000_000  # bytes of each weights file that its mark is made of


class SentenceModel:
    """The model called `name` at the hub, or in the folder `name`.

    Where the model has prompts for questions and passages (as E5 has), they are used.
    """

    def __init__(self, name: str) -> None:
        folder = Path(name)
        self.name = _folder_name(folder) if folder.is_dir() else name
        try:
            self._model = SentenceTransformer(
                name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except Exception as error:  # the loader raises whatever its many parts raise
            raise EmbedderError(
                f"embeddingmodellen {name} går inte att ladda ({_first_line(error)}); ange en mapp "
                "med modellen i safetensors-format, eller ta bort inställningen så används den "
                "inbyggda"
            ) from error
        self._prompts = _prompts(
            name, {key: text or "" for key, text in self._model.prompts.items()}
        )

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), the model's dimensions)."""
        prompt = self._prompts[0 if questions else 1]
        vectors = self._model.encode(
            [prompt + text for text in texts],
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _folder_name(folder: Path) -> str:
    """The folder's name with a mark of its weights: another model put there is another model.

    Raises `EmbedderError` for weights that are no safetensors.
    """
    weights = sorted(folder.rglob("*.safetensors"))
    for path in folder.rglob("*.bin"):
        if not list(path.parent.glob("*.safetensors")):
            raise EmbedderError(
                f"embeddingmodellen i {folder} har vikter som inte är i safetensors-format "
                f"({path.name}); de kan innehålla vad som helst och läses inte"
            )
    digest = hashlib.sha256()
    for path in weights:
        digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode())
        with path.open("rb") as file:
            digest.update(file.read(_MARKED))
    return f"{folder.name}@{digest.hexdigest()[:8]}"


def _prompts(name: str, known: dict[str, str]) -> tuple[str, str]:
    """What to set before a question and before a passage."""
    if known.get("query") or known.get("passage") or known.get("document"):
        return known.get("query", ""), known.get("passage") or known.get("document", "")
    # E5 models are trained with these (Wang et al., 2024); their older files do not say so
    return ("query: ", "passage: ") if "e5-" in name.lower() else ("", "")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
