"""A chat model that says what it was told to, in order: for tests, and for trying the gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

Line = str | AIMessage | Exception | Callable[[list[BaseMessage]], "str | AIMessage"]


class ScriptedModel(BaseChatModel):
    """Says each of `lines` in turn and the last one for ever: a text, a message with tool calls, an
    error to be raised, or a function of the messages. `heard` keeps what it was told."""

    lines: list[Any]
    heard: list[list[BaseMessage]] = []  # noqa: RUF012 - pydantic copies it for each model

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        line = self.lines[min(len(self.heard), len(self.lines) - 1)]
        self.heard.append(list(messages))
        if callable(line):
            line = line(messages)
        if isinstance(line, Exception):
            raise line
        message = line if isinstance(line, AIMessage) else AIMessage(str(line))
        return ChatResult(generations=[ChatGeneration(message=message)])

    def bind_tools(self, tools: Sequence[Any], **options: Any) -> Any:
        """Itself: what it says does not depend on its tools."""
        return self

    @property
    def _llm_type(self) -> str:
        return "scripted"
