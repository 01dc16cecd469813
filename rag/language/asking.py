"""An asker that words its answers with a language model, where one is set."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rag.answer import Answer, Notice, Question, Wording
from rag.asking import Asker
from rag.gate import GateError, check
from rag.language.faults import ModelFaultError
from rag.language.wording import Shown, by_rules, reworded
from rag.question.parts import has_several_steps
from rag.reranking import Reranking
from rag.scope import filtered

if TYPE_CHECKING:
    from rag.language.models import Speaker

_OFF = frozenset({"", "av", "off", "nej", "0"})
_STEPS = "Uppslagen i flera steg har valts av en språkmodell; talen är hämtade utan den."


def open_asker(
    folder: Path,
    reranking: Reranking | None = None,
    *,
    llm: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> Asker:
    """An asker over an index, with the model that NAMNDKOLL_LLM names unless `llm` is false.

    NAMNDKOLL_MODEL says which model the index's vectors are thought to be made with.
    """
    embedder = environment.get("NAMNDKOLL_MODEL")
    setting = environment.get("NAMNDKOLL_LLM", "").strip()
    if not llm or setting.casefold() in _OFF:
        return Asker(folder, embedder, reranking)
    return WordingAsker(
        folder, setting, environment=environment, embedder=embedder, reranking=reranking
    )


class WordingAsker(Asker):
    """Answers as `Asker` does, worded by a model. Its figures and citations are the same."""

    def __init__(
        self,
        folder: Path,
        setting: str,
        speaker: Speaker | None = None,
        environment: Mapping[str, str] = os.environ,
        embedder: str | None = None,
        reranking: Reranking | None = None,
    ) -> None:
        super().__init__(folder, embedder, reranking)
        self.setting = setting
        self._environment = environment
        self._speaker = speaker
        self._fault = ""

    def ask(self, question: Question) -> Answer:
        """Answer, or refuse; worded by the model as far as its words hold."""
        return self.ask_aloud(question, lambda _: None)

    def ask_aloud(self, question: Question, shown: Callable[[Answer], None]) -> Answer:
        """The same; `shown` gets the program's own answer at once, and then the answer with each
        sentence of the model's that has been let through."""
        started = time.perf_counter()
        answer = super().ask(question)
        speaker = self._found_speaker()

        def show(so_far: Answer) -> None:
            if self._holds(so_far):
                shown(
                    replace(so_far, milliseconds=round((time.perf_counter() - started) * 1000, 1))
                )

        if speaker is not None and (answer.citations or has_several_steps(question.text)):
            show(replace(answer, wording=Wording("rules", self.setting)))
        if speaker is None:
            worded = by_rules(answer, self.setting, self._fault)
        elif answer.refused:
            worded = self._with_steps(question, answer, speaker, show)
        else:
            worded = self._worded(question, answer, speaker, show)
        elapsed = (time.perf_counter() - started) * 1000
        return replace(worded, milliseconds=round(elapsed, 1))

    def _found_speaker(self) -> Speaker | None:
        if self._speaker is None and not self._fault:
            try:
                # seconds to import, and not always installed
                from rag.language.models import speaker

                self._speaker = speaker(self.setting, environment=self._environment)
            except ModelFaultError as fault:
                self._fault = str(fault)
            except ImportError:
                self._fault = "LangChain är inte installerat (pip install ”namndkoll[llm]”)"
        return self._speaker

    def _worded(self, question: Question, answer: Answer, speaker: Speaker, shown: Shown) -> Answer:
        identities = {document.id: document.identity for document in self.index.documents}
        worded = reworded(question, answer, identities, speaker.say, self.setting, shown)
        if not self._holds(worded):
            return by_rules(answer, self.setting, "det den skrev kunde inte beläggas")
        return worded

    def _with_steps(
        self, question: Question, answer: Answer, speaker: Speaker, shown: Shown
    ) -> Answer:
        """A refusal of a question of several steps: the answer that a model's steps make to all
        of it, in the model's words as far as they hold; else what they find below it."""
        from rag.language.agent import plan, with_steps
        from rag.language.plans import planned

        if not has_several_steps(question.text):
            return replace(answer, wording=Wording("rules", self.setting))
        plain = _PlainAsker(self)
        try:
            planner = speaker.guarded(
                lambda: plan(speaker.chat, plain, question, speaker.limits.total)
            )
        except ModelFaultError as fault:
            return by_rules(answer, self.setting, str(fault))
        whole = planned(answer, planner.steps, filtered(self.index.documents, question.filters))
        if whole is not None and self._holds(whole):
            told = replace(whole, warnings=(*whole.warnings, Notice("wording", _STEPS)))
            return self._worded(question, told, speaker, shown)
        found = with_steps(answer, planner.steps)
        if found is answer:
            return replace(answer, wording=Wording("rules", self.setting))
        told = replace(found, warnings=(*found.warnings, Notice("wording", _STEPS)))
        if not self._holds(told):
            return by_rules(answer, self.setting, "det den slog upp kunde inte beläggas")
        return replace(told, wording=Wording("model", self.setting))

    def _holds(self, answer: Answer) -> bool:
        try:
            check(answer, self.index.store)
        except GateError:
            return False
        return True


class _PlainAsker(Asker):
    """The same index, asked without a model."""

    def __init__(self, other: Asker) -> None:
        vars(self).update(vars(other))
