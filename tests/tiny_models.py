"""Real models in folders, of random weights or of one word a dimension, made in a moment."""

import json
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import (
    Normalize,
    Pooling,
    StaticEmbedding,
    Transformer,
)
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

WORDS = ["hyra", "lokaler", "hemtjänst", "personal", "budget", "cykel", "äldre", "[UNK]"]
WINDOW = 24
"""Tokens that the tiny BERT takes, its two special ones with them."""


def _words(extra: tuple[str, ...] = ()) -> Tokenizer:
    known = [*extra, *WORDS, "query", "passage", ":"]
    tokenizer = Tokenizer(WordLevel({w: i for i, w in enumerate(known)}, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    return tokenizer


def static_model(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """A static embedding with one dimension for each of `WORDS`."""
    tokenizer = _words()
    weights = np.eye(tokenizer.get_vocab_size(), 16, dtype=np.float32)
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], prompts=prompts).save(str(folder))
    return folder


def _bert(folder: Path, labels: int | None) -> None:
    torch.manual_seed(7)
    tokenizer = _words(("[PAD]", "[CLS]", "[SEP]"))
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=WINDOW,
        num_labels=labels or 1,
    )
    model = BertModel(config) if labels is None else BertForSequenceClassification(config)
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
        model_max_length=WINDOW,
    ).save_pretrained(folder)


def bert_model(folder: Path) -> Path:
    """A BERT of one layer with random weights, mean-pooled, that takes `WINDOW` tokens."""
    plain = folder.with_name(f"{folder.name}-utan-delar")
    _bert(plain, None)
    transformer = Transformer(str(plain))
    pooling = Pooling(transformer.get_embedding_dimension())
    SentenceTransformer(modules=[transformer, pooling, Normalize()]).save(str(folder))
    return folder


def cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A BERT of one layer with random weights that gives `labels` numbers for a pair of texts."""
    _bert(folder, labels)
    return folder


def cached_at_the_hub(cache: Path, name: str, model: Path, commit: str) -> Path:
    """Lay a model's folder into a cache as the hub's client does, as the newest of `name`."""
    place = cache / f"models--{name.replace('/', '--')}"
    snapshot = place / "snapshots" / commit
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    model.rename(snapshot)
    (place / "refs").mkdir(exist_ok=True)
    (place / "refs" / "main").write_text(commit, encoding="utf-8")
    return snapshot


def with_module(folder: Path, kind: str) -> Path:
    """The model in `folder`, with one more module of the class `kind`."""
    path = folder / "modules.json"
    modules = json.loads(path.read_text(encoding="utf-8"))
    place = "9_Egen"
    (folder / place).mkdir()
    modules.append({"idx": len(modules), "name": "9", "path": place, "type": kind})
    path.write_text(json.dumps(modules), encoding="utf-8")
    return folder
