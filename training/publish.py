"""Vectors and tokenizer → a folder that sentence-transformers loads: `SentenceTransformer(folder)`.

Each vector is kept as whole numbers from −127 to 127 with a factor of its own, in the layout that
StaticEmbedding knows from model2vec: `embeddings` (int8) times `weights`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.models.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": "sentence_transformers.models.Normalize",
    },
]
_CONFIG: dict[str, Any] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}
_TOP = 127


def quantized(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers and a factor for each row: `whole * factor[:, None]` is nearly `vectors`."""
    factor = np.abs(vectors).max(axis=1) / _TOP
    factor[factor == 0] = 1.0
    return np.rint(vectors / factor[:, None]).astype(np.int8), factor.astype(np.float32)


def publish(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> int:
    """Write the model; returns the bytes of its weights. A model card in the folder is kept."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    whole, factor = quantized(vectors)
    weights = folder / "model.safetensors"
    save_file({"embeddings": whole, "weights": factor}, weights)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    for name, data in (("modules.json", _MODULES), ("config_sentence_transformers.json", _CONFIG)):
        (folder / name).write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    return weights.stat().st_size
