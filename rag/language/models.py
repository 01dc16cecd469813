"""A setting such as "ollama:gemma3:12b" → a chat model that keeps its time. LangChain's room.

What the environment says: NAMNDKOLL_LLM the model; OPENAI_BASE_URL and OPENAI_API_KEY, or
OLLAMA_HOST, where it is served. Nothing is sent anywhere else: LangChain's tracing is off here,
whatever the environment says.
"""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langsmith import tracing_context

from rag.language.faults import ModelFaultError
from rag.language.limits import Breaker, Limits

_T = TypeVar("_T")
_END = object()
_SAY_WHEN_DONE = ("openai", "chat-ollama")
_ENDED = frozenset({"finish_reason", "done_reason"})
"""What the last piece of a whole answer holds; one that is cut short lacks it."""
_STATUS = {
    401: "servern godtar inte nyckeln",
    403: "servern godtar inte nyckeln",
    404: "modellen finns inte på servern",
    429: "servern har för mycket att göra",
}
_OF_OLLAMA = (
    (re.compile(r"not found, try pulling"), "modellen är inte hämtad (ollama pull MODELL)"),
    (re.compile(r"does not support tools"), "modellen kan inte använda verktyg"),
    (re.compile(r"requires more system memory|out of memory"), "modellen får inte plats i minnet"),
    (re.compile(r"loading model|server busy"), "modellen läses in; försök igen om en stund"),
)
"""What Ollama says of a model, and what is told of it."""
_LATE = "den svarade inte i tid"
_UNREADABLE = "dess svar gick inte att läsa"
_MISSING = "det som behövs för att tala med den är inte installerat (pip install ”namndkoll[llm]”)"


Heard = Callable[[str], None]
"""Is told a model's text so far."""


def _unheard(_: str) -> None:
    """Nobody listens."""


def chat_model(setting: str, limits: Limits, environment: Mapping[str, str]) -> BaseChatModel:
    """The model that a setting names, "PROVIDER:MODEL". Raises `ModelFaultError`."""
    provider, _, model = setting.partition(":")
    if not provider or not model:
        raise ModelFaultError(
            f"NAMNDKOLL_LLM är ”{setting}” men ska vara LEVERANTÖR:MODELL, som ollama:gemma3:12b"
        )
    options: dict[str, Any] = {"temperature": 0}
    if provider == "openai":
        options |= {"timeout": limits.first, "max_retries": 0, "max_tokens": 1_000}
        if environment.get("OPENAI_BASE_URL"):
            options["base_url"] = environment["OPENAI_BASE_URL"]
            # a server of one's own often wants no key, but the client does
            options["api_key"] = environment.get("OPENAI_API_KEY") or "ingen"
    elif provider == "ollama":
        options |= {"client_kwargs": {"timeout": limits.first}, "num_predict": 1_000}
        if environment.get("OLLAMA_HOST"):
            options["base_url"] = environment["OLLAMA_HOST"]
    from langchain.chat_models import init_chat_model  # seconds to import

    try:
        made: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise ModelFaultError(_MISSING) from error
    except Exception as error:  # each package has its own: no key, an address that is none
        why = "nyckel eller adress saknas" if "key" in str(error) else type(error).__name__
        raise ModelFaultError(f"den går inte att ställa in ({why})") from error
    return made


class Speaker:
    """A chat model that answers in time or not at all, through a circuit breaker."""

    def __init__(self, chat: BaseChatModel, limits: Limits, breaker: Breaker) -> None:
        self.chat = chat
        self.limits = limits
        self.breaker = breaker

    def say(self, instructions: str, request: str, heard: Heard = _unheard) -> str:
        """The model's text; `heard` is told what there is of it as it grows.

        Raises `ModelFaultError`.
        """
        messages = [SystemMessage(instructions), HumanMessage(request)]
        return self.guarded(lambda: self._with_retry(messages, heard))

    def guarded(self, work: Callable[[], _T]) -> _T:
        """What `work` gives, if the circuit is closed. Raises `ModelFaultError`."""
        if not self.breaker.lets_through():
            raise ModelFaultError("den har inte svarat flera gånger i rad; nytt försök om en stund")
        try:
            done = work()
        except BaseException:
            self.breaker.failed()
            raise
        self.breaker.succeeded()
        return done

    def _with_retry(self, messages: list[Any], heard: Heard) -> str:
        started = time.monotonic()
        try:
            return self._streamed(messages, started, heard)
        except _AgainError:
            time.sleep(self.limits.pause)
        try:
            return self._streamed(messages, started, heard)
        except _AgainError as error:
            raise ModelFaultError(str(error)) from error

    def _streamed(self, messages: list[Any], started: float, heard: Heard) -> str:
        """One call, read token by token within the deadlines."""
        tokens: queue.Queue[Any] = queue.Queue()
        left = threading.Event()

        def read() -> None:
            try:
                with tracing_context(enabled=False):
                    whole = not self.chat._llm_type.startswith(_SAY_WHEN_DONE)
                    for chunk in self.chat.stream(messages):
                        if left.is_set():
                            return
                        whole |= bool(_ENDED & chunk.response_metadata.keys())
                        tokens.put(chunk.text)
                tokens.put(_END if whole else ModelFaultError("dess svar bröts av"))
            except Exception as error:  # of any package; told to the one who waits
                if not left.is_set():
                    tokens.put(error)

        threading.Thread(target=read, daemon=True).start()
        try:
            return self._gathered(tokens, started, heard)
        finally:
            left.set()

    def _gathered(self, tokens: queue.Queue[Any], started: float, heard: Heard) -> str:
        limits, text = self.limits, ""
        deadline = time.monotonic() + limits.first
        while True:
            wait = min(deadline, started + limits.total) - time.monotonic()
            try:
                token = tokens.get(timeout=max(wait, 0))
            except queue.Empty:
                raise ModelFaultError(_LATE) from None
            if wait <= 0:
                raise ModelFaultError(_LATE)
            if token is _END:
                break
            if isinstance(token, ModelFaultError):
                raise token
            if isinstance(token, Exception):
                raise fault_of(token, early=not text) from token
            if token:
                text += str(token)
                heard(text)
                deadline = time.monotonic() + limits.idle
            if len(text) > limits.characters:
                raise ModelFaultError("den skrev för mycket")
        if not text.strip():
            raise ModelFaultError("den svarade ingenting")
        return text


class _AgainError(ModelFaultError):
    """A fault that may be gone the next moment."""


def fault_of(error: BaseException, *, early: bool = False) -> ModelFaultError:
    """What is told of an error of a model's package."""
    status = getattr(error, "status_code", None)
    names = {kind.__name__ for kind in type(error).__mro__}
    if "Timeout" in " ".join(names):
        return ModelFaultError(_LATE)
    said = str(getattr(error, "error", None) or error)
    for pattern, told in _OF_OLLAMA:
        if pattern.search(said):
            return ModelFaultError(told)
    if status in _STATUS:
        again = early and status == 429
        return (_AgainError if again else ModelFaultError)(_STATUS[status])
    if isinstance(status, int) and status >= 500:
        return (_AgainError if early else ModelFaultError)("servern svarar med ett fel")
    if names & {"APIConnectionError", "ConnectionError", "ConnectError", "NetworkError"}:
        return (_AgainError if early else ModelFaultError)("servern går inte att nå")
    return ModelFaultError(_UNREADABLE)


def speaker(
    setting: str,
    limits: Limits | None = None,
    breaker: Breaker | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Speaker:
    """The speaker that a setting names. Raises `ModelFaultError`."""
    own = limits or Limits()
    return Speaker(chat_model(setting, own, environment), own, breaker or Breaker())
