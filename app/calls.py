"""What programs can call, over HTTP and MCP: arguments → the JSON of the command line.

Read-only. Each call sees the index as of one moment, and nothing of it is kept.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

from app.as_json import figure_json, finding_json, hit_json, report_json
from app.wording_json import history_json
from app.words import key
from ingest.types import Finding
from rag.answer import NO_FILTERS, Answer, Filters, Question
from rag.answer_json import answer_json
from rag.asking import LONGEST_QUESTION, Asker, Hit
from rag.audit import findings
from rag.figure_list import list_of_figures
from rag.index import IndexReader
from rag.question_set import FilterFields
from rag.report import report_of
from rag.scope import filtered
from rag.tools import TOOLS, Tools
from rag.wording.search import WordingTextError, find_wording

LONGEST_CALL = 100_000
"""Bytes of a call: some twenty of the longest questions."""

_LONGEST_TALK = 20  # earlier questions: a follow-up leans on the last few
_LONGEST_NAME = 60  # characters of a field's name that is told back
_LISTS = {"search_passages": "passages", "audit_findings": "findings"}
_FAULTS = {
    "missing": "saknas",
    "extra_forbidden": "finns inte",
    "string_too_short": "är tomt",
    "string_too_long": "är för långt",
    "too_long": "är för långt",
    "greater_than_equal": "är för litet",
    "less_than_equal": "är för stort",
    "json_invalid": "är ingen giltig JSON",
}

WENT_WRONG = key(
    "Något gick fel hos servern. Försök igen; händer det igen, säg till den som sköter den."
)
HALF_CHARACTERS = "Texten innehåller halva tecken, som inte är någon text. Skriv den igen."

Json = dict[str, Any]


class BadCallError(ValueError):
    """A call that cannot be done as it was made: says why, in Swedish."""


def fault_of(faults: Sequence[Any]) -> str:
    """What pydantic says is wrong with what was sent, as a Swedish sentence."""
    told = []
    for fault in faults:
        place = [str(part) for part in fault["loc"] if part not in ("body", "query", "path")]
        whole = fault["type"] == "json_invalid" or not place
        name = "Det som skickades" if whole else f"Fältet {shown('.'.join(place))}"
        told.append(f"{name} {_FAULTS.get(fault['type'], 'är av fel slag')}.")
    return " ".join(dict.fromkeys(told))


def fault_of_index(error: Exception) -> str:
    """What is wrong with the index, as a sentence."""
    return f"Det gick inte: {error}."


def question_of(
    text: str, history: Sequence[str] = (), filters: FilterFields | None = None
) -> Question:
    """A question with as much of its conversation as a follow-up leans on."""
    earlier = tuple(one[:LONGEST_QUESTION] for one in history[-_LONGEST_TALK:])
    return Question(text, earlier, _kept(filters))


def shown(name: str) -> str:
    """A name that was sent, so that it can be told: short, and of characters that can be sent."""
    return name[:_LONGEST_NAME].encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class Calls:
    """What can be called over one index. Raises `BadCallError` and `IndexFaultError`."""

    asker: Asker

    def ask(
        self, question: str, history: Sequence[str] = (), filters: FilterFields | None = None
    ) -> Json:
        """Answer a question in Swedish about the documents, exactly and with sources, or say that
        they do not hold the answer. `history` are the earlier questions of the same conversation,
        oldest first. Figures with role "result" are what was asked for."""
        if not question.strip():
            raise BadCallError("Frågan är tom. Skriv en fråga på svenska.")
        return answer_json(self.asker.ask(question_of(question, history, filters)))

    def search(
        self,
        query: str,
        limit: int,
        filters: FilterFields | None = None,
        *,
        explain: bool = False,
    ) -> list[Json]:
        """The passages nearest to a query, best first; with `explain`, why each was found."""
        if not query.strip():
            raise BadCallError("Sökningen är tom. Skriv ett eller flera ord.")
        found = self.asker.search(Question(query, (), _kept(filters)), limit, explain=explain)
        return [hit_json(hit) for hit in found]

    def documents(self, filters: FilterFields | None = None) -> list[Json]:
        """The documents that there are: ids, titles, municipalities, boards, kinds and years.
        They are what `filters` can name."""
        found = filtered(self._index.store.documents(), _kept(filters))
        return [report_json(report_of(document, "unchanged")) for document in found]

    def figures(self, filters: FilterFields | None = None, table: str | None = None) -> list[Json]:
        """The figures that have been read, in reading order; with `table` those of that table."""
        store = self._index.store
        with store.snapshot():
            names = [d.id for d in filtered(store.documents(), _kept(filters))]
            return [figure_json(listed) for listed in list_of_figures(store, names, table)]

    def audit(self, filters: FilterFields | None = None, *, whole: bool = False) -> list[Json]:
        """Where the documents contradict themselves or each other; with `whole` also what rounding
        explains."""
        found = findings(self._index.store, _kept(filters), include_rounding=whole)
        return [finding_json(finding) for finding in found]

    def wording(self, text: str, filters: FilterFields | None = None) -> list[Json]:
        """Where a sentence or paragraph stands, in all documents by year, word for word or
        reworded, and what has changed since."""
        try:
            return history_json(find_wording(self._index, text, _kept(filters)))
        except WordingTextError as error:
            raise BadCallError(fault_of_index(error)) from error

    @property
    def _index(self) -> IndexReader:
        return self.asker.index


def tool_functions(calls: Calls) -> dict[str, Callable[..., Json]]:
    """The tools of `rag.tools`, and the calls that a conversation needs beside them, by name.

    Each has its docstring, and typed arguments with `filters` last; each returns a JSON object.
    """
    own = {
        "ask": _named(calls.ask),
        "documents": _named(calls.documents, "documents"),
        "follow_wording": _named(calls.wording, "occurrences"),
    }
    return own | {name: _tool(calls.asker, name) for name in TOOLS}


def _named(call: Callable[..., Any], name: str = "") -> Callable[..., Json]:
    """A call whose result is an object: a list stands in it under `name`."""

    def function(**arguments: Any) -> Json:
        result = call(**arguments)
        return {name: result} if name else result

    return _like(function, call, [])


def _tool(asker: Asker, name: str) -> Callable[..., Json]:
    """A tool that takes filters too: they are said once for `Tools`, and with each call here."""
    filters = inspect.Parameter(
        "filters", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=FilterFields | None
    )

    def function(*, filters: FilterFields | None = None, **arguments: Any) -> Json:
        if sum(map(_length, arguments.values())) > LONGEST_QUESTION:
            raise BadCallError(f"Texten är längre än {LONGEST_QUESTION} tecken. Korta den.")
        tools = Tools(asker, _kept(filters))
        return _result_json(name, getattr(tools, name)(**arguments))

    return _like(function, getattr(Tools(asker), name), [filters])


def _like(
    function: Callable[..., Json], model: Callable[..., Any], more: list[inspect.Parameter]
) -> Callable[..., Json]:
    """`function` with the docstring and arguments of `model`, types and all, and `more`."""
    hints = get_type_hints(model, include_extras=True)
    own = [
        parameter.replace(annotation=hints[name])
        for name, parameter in inspect.signature(model).parameters.items()
    ]
    function.__name__, function.__doc__ = model.__name__, inspect.getdoc(model)
    function.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        own + more, return_annotation=dict[str, Any]
    )
    return function


def _length(value: object) -> int:
    """How much text an argument is; a list counts each of its parts."""
    if isinstance(value, list | tuple):
        return sum(1 + _length(part) for part in value)
    return len(value) if isinstance(value, str) else 0


def _result_json(name: str, result: Answer | list[Hit] | list[Finding]) -> Json:
    """What a tool found: an answer, or a list under the name of what it holds."""
    if isinstance(result, Answer):
        return answer_json(result)
    told = [hit_json(one) if isinstance(one, Hit) else finding_json(one) for one in result]
    return {_LISTS[name]: told}


def _kept(filters: FilterFields | None) -> Filters:
    return filters.to_filters() if filters else NO_FILTERS
