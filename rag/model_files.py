"""A model's name → the folder with its files, and which revision they are. Refuses what may harm.

The only module that imports huggingface_hub. Weights are taken as safetensors alone and no code of
a model is run: a pickle, or a model's own module, could do anything. What has once been fetched is
not asked for again, so a model that is cached works without a network, and stays the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingface_hub import snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from rag.errors import EmbedderError
from rag.model_names import parted

_READ = ("*.json", "*.txt", "*.model", "*.safetensors")
"""The files that a model is made of: settings, vocabulary, weights."""
_LEFT = ("onnx/*", "openvino/*", "original/*", "gguf/*")
"""Folders at the hub with the same weights for other programs."""
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_OWN_MODULES = "sentence_transformers."
_WITH_WEIGHTS = (".Dense", ".LayerNorm", ".StaticEmbedding", ".CNN", ".LSTM", ".WordWeights")
_MARK = 16  # characters of a folder's hash
_HINT = "ange en annan modell, eller ta bort inställningen så används den inbyggda"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this computer. `name` ends in "@" and the revision of what is in `folder`."""

    name: str
    folder: Path


def model_files(name: str, organisation: str) -> ModelFiles:
    """The files of the model in the folder `name`, or so called at the hub ("org/model@revision").

    A name without an organisation is one of `organisation`. Raises `EmbedderError` where there is
    no such model, it cannot be fetched, or it has anything but safetensors and settings to offer.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        _check(name, folder)
        return ModelFiles(f"{folder.resolve().name}@{_digest(folder)}", folder)
    base, revision = parted(name)
    base = base if "/" in base else f"{organisation}/{base}"
    folder = _snapshot(base, revision or None)
    _check(base, folder)
    return ModelFiles(f"{base}@{folder.name}", folder)


def _snapshot(name: str, revision: str | None) -> Path:
    """The folder of a model at the hub, named by its commit: as cached, else fetched."""
    options: dict[str, Any] = {
        "revision": revision,
        "allow_patterns": list(_READ),
        "ignore_patterns": list(_LEFT),
    }
    try:
        try:
            return Path(snapshot_download(name, local_files_only=True, **options))
        except LocalEntryNotFoundError:
            return Path(snapshot_download(name, **options))
    except GatedRepoError as error:
        raise EmbedderError(
            f"modellen {name} lämnas bara ut till den som är inloggad på huggingface.co och har "
            "godkänt villkoren; gör det, kör hf auth login och försök igen"
        ) from error
    except RevisionNotFoundError as error:
        raise EmbedderError(
            f"modellen {name} har ingen version {revision}; skriv namnet utan @ för den senaste"
        ) from error
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise EmbedderError(
            f"modellen {name} finns varken som mapp här eller på huggingface.co; kontrollera namnet"
        ) from error
    except Exception as error:  # no network, a proxy, a full disk: the hub raises many kinds
        raise EmbedderError(
            f"modellen {name} finns inte på den här datorn och gick inte att hämta från "
            "huggingface.co; anslut till nätet och kör igen, eller hämta den på en annan dator med "
            f"hf download {name} --local-dir MAPP, kopiera hit mappen och ange den i namnets ställe"
        ) from error


def _check(name: str, folder: Path) -> None:
    """Raises `EmbedderError` for weights that are no safetensors and for a model's own code."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in _PICKLES and not list(path.parent.glob("*.safetensors")):
            if path.name == "training_args.bin":
                continue  # settings of whoever trained it; nothing reads them
            raise EmbedderError(
                f"modellen {name} har vikter som inte är i safetensors-format ({path.name}); de "
                f"kan innehålla vad som helst och läses inte: {_HINT}"
            )
    if not list(folder.rglob("*.safetensors")):
        raise EmbedderError(
            f"modellen {name} går inte att ladda: den har inga vikter i safetensors-format; {_HINT}"
        )
    for kind, place in _modules(folder):
        if not kind.startswith(_OWN_MODULES):
            raise EmbedderError(
                f"modellen {name} vill köra egen kod ({kind}), och det tillåts inte: {_HINT}"
            )
        if kind.endswith(_WITH_WEIGHTS) and not list(place.glob("*.safetensors")):
            raise EmbedderError(
                f"modellen {name} saknar vikter i safetensors-format i {place.name}: {_HINT}"
            )


def _modules(folder: Path) -> Iterator[tuple[str, Path]]:
    """The modules that a model is put together of: the name of each class, and its folder."""
    for path in sorted(folder.rglob("modules.json")):
        for module in _settings(path) or []:
            if isinstance(module, dict):
                yield str(module.get("type", "")), path.parent / str(module.get("path", ""))
    for path in sorted(folder.rglob("router_config.json")):
        types = (_settings(path) or {}).get("types", {})
        for place, kind in types.items():
            yield str(kind), path.parent / place


def _settings(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # the loader says what is wrong with it


def can_rerank(folder: Path) -> bool:
    """Whether a model was trained to judge a question and a passage together.

    Any other would be given a last layer of random numbers, and order passages by chance.
    """
    config = _settings(folder / "config.json") or {}
    own = _settings(folder / "config_sentence_transformers.json") or {}
    names = config.get("architectures") or [] if isinstance(config, dict) else []
    judges = any(str(name).endswith("ForSequenceClassification") for name in names)
    return judges or (isinstance(own, dict) and own.get("model_type") == "CrossEncoder")


def _digest(folder: Path) -> str:
    """A hash of all that a model in a folder is made of: weights, vocabulary, settings."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _READ for path in folder.rglob(pattern)}):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:_MARK]
