"""The tools over MCP and the JSON over HTTP, with a real server and real clients."""

import json
import statistics
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent
from test_rag_tools import CALLS
from web_page import served

from app.__main__ import main
from app.as_json import finding_json, hit_json
from app.calls import Calls, tool_functions
from app.line import FullLineError, Line
from rag.answer import Answer, Question
from rag.answer_json import answer_json
from rag.asking import Asker
from rag.tools import Tools

QUESTION = "Hur mycket förändras lokalhyrorna från 2025 till 2026?"
WORDING = "Väntetiden till särskilt boende ska vara högst 60 dagar."
BUDGET = "norrvik-von-budget-2026"
QUESTIONS = Path(__file__).parents[1] / "corpus" / "questions" / "norrvik-tal.jsonl"


@pytest.fixture(scope="module")
def site(samples_index: Path) -> Iterator[str]:
    with served(samples_index) as address:
        yield address.rstrip("/")


@pytest.fixture(scope="module")
def asker(samples_index: Path) -> Iterator[Asker]:
    """Another one than answers at `site`, over the same index."""
    asker = Asker(samples_index)
    yield asker
    asker.close()


@pytest.fixture
def http(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=60) as client:
        yield client


def printed(capsys: pytest.CaptureFixture[str], index: Path, *arguments: str) -> Any:
    """What the command line prints with --json."""
    assert main([*arguments, "--index", str(index), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings"}


def over_mcp(server: Any, work: Callable[[Client], Awaitable[Any]]) -> Any:
    """What `work` comes to with a client of `server`."""

    async def visit() -> Any:
        async with Client(server) as client:
            return await work(client)

    return anyio.run(visit)


def called(site: str, name: str, arguments: dict[str, Any]) -> CallToolResult:
    result = over_mcp(f"{site}/mcp", lambda client: client.call_tool(name, arguments))
    assert isinstance(result, CallToolResult)
    return result


def said(result: CallToolResult) -> str:
    [part] = result.content
    assert isinstance(part, TextContent)
    return part.text


# ---- HTTP


def test_an_answer_is_that_of_the_command_line(
    http: httpx.Client, samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = http.post("/api/ask", json={"question": QUESTION})
    assert reply.status_code == 200
    told = reply.json()
    assert untimed(told) == untimed(printed(capsys, samples_index, "ask", QUESTION))
    [result] = [figure for figure in told["figures"] if figure["role"] == "result"]
    assert result["formula"]
    assert all(citation["boxes"] and citation["page"] for citation in told["citations"])


def test_history_and_filters_are_those_of_a_question_set(http: httpx.Client) -> None:
    first = "Lokalhyror budget 2026?"
    followed = http.post("/api/ask", json={"question": "Och 2027?", "history": [first]}).json()
    assert followed["figures"][0]["label"] == "Lokalhyror"
    assert followed["figures"][0]["period"] == "2027"
    narrowed = http.post("/api/ask", json={"question": first, "filters": {"year": 1999}}).json()
    assert narrowed["status"] == "refused"


@pytest.mark.parametrize(
    ("method", "path", "sent", "arguments"),
    [
        ("POST", "search", {"query": "hyror", "limit": 3}, ["search", "hyror", "--limit", "3"]),
        ("GET", "documents", {"kind": "budget"}, ["documents", "--kind", "budget"]),
        ("GET", "figures", {"document": [BUDGET], "table": "t1"},
         ["figures", "--document", BUDGET, "--table", "t1"]),
        ("GET", "audit", {"all": True}, ["audit", "--all"]),
        ("GET", "wording", {"text": WORDING}, ["wording", WORDING]),
    ],
)  # fmt: skip
def test_lists_are_those_of_the_command_line(
    http: httpx.Client,
    samples_index: Path,
    capsys: pytest.CaptureFixture[str],
    method: str,
    path: str,
    sent: dict[str, Any],
    arguments: list[str],
) -> None:
    how = {"json": sent} if method == "POST" else {"params": sent}
    reply = http.request(method, f"/api/{path}", **how)  # type: ignore[arg-type]
    assert reply.status_code == 200
    assert reply.json() == printed(capsys, samples_index, *arguments)
    assert reply.json() or path == "audit"  # these two do not contradict each other


def test_findings_are_those_of_the_command_line(
    every_sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asker = Asker(every_sample)
    found = tool_functions(Calls(asker))["audit_findings"]()["findings"]
    asker.close()
    assert found == printed(capsys, every_sample, "audit")
    assert len(found) > 3


@pytest.mark.parametrize(
    ("method", "path", "how", "status", "why"),
    [
        ("POST", "ask", {"json": {}}, 422, "Fältet question saknas."),
        ("POST", "ask", {"json": {"question": "  "}}, 422, "Frågan är tom"),
        ("POST", "ask", {"json": {"question": 7}}, 422, "Fältet question är av fel slag."),
        ("POST", "ask", {"json": {"question": "a", "hstory": []}}, 422, "Fältet hstory finns inte"),
        ("POST", "ask", {"json": {"question": "a", "filters": {"yr": 1}}}, 422, "filters.yr finns"),
        ("POST", "ask", {"content": b'{"question": "\\ud800"}'}, 422, "halva tecken"),
        ("POST", "ask", {"content": b'{"question"'}, 400, "ingen giltig JSON"),
        ("POST", "ask", {"content": b"\xff\xfe"}, 400, "ingen giltig JSON"),
        ("POST", "ask", {"content": b"[" * 50_000}, 400, "ingen giltig JSON"),
        ("POST", "ask", {"json": {"question": "a" * 100_001}}, 413, "mer än vad som tas emot"),
        ("POST", "search", {"json": {"query": "a", "limit": 0}}, 422, "limit är för litet"),
        ("POST", "search", {"json": {"query": "a", "limit": 101}}, 422, "limit är för stort"),
        ("GET", "figures", {"params": {"year": "i år"}}, 422, "Fältet year är av fel slag."),
        ("GET", "figures", {"params": {"yr": 2026}}, 422, "Fältet yr finns inte."),
        ("GET", "wording", {"params": {"text": "ord"}}, 422, "bara ett ord"),
        ("GET", "ask", {}, 405, "inte med den metoden"),
        ("DELETE", "documents", {}, 405, "inte med den metoden"),
        ("GET", "remove", {}, 404, "Vad som finns står på /api."),
    ],
)
def test_what_cannot_be_done_is_told(
    http: httpx.Client, method: str, path: str, how: dict[str, Any], status: int, why: str
) -> None:
    headers = {"Content-Type": "application/json"} if "content" in how else {}
    reply = http.request(method, f"/api/{path}", headers=headers, **how)
    assert (reply.status_code, list(reply.json())) == (status, ["error"])
    assert why in reply.json()["error"]
    assert "default-src" in reply.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/api/documents", "/mcp", "/api"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "localhost.evil.example:7860"}, 421),
        ({"Host": "["}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "localhost:7860", "Origin": "http://localhost:7861"}, 403),
    ],
)
def test_pages_of_other_places_are_let_nowhere(
    http: httpx.Client, path: str, headers: dict[str, str], status: int
) -> None:
    reply = http.get(path, headers=headers)
    assert reply.status_code == status
    assert reply.json()["error"]
    assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize("host", ["localhost:7860", "LOCALHOST", "10.0.0.7:80", "[::1]:7860"])
def test_own_names_and_numbers_are_let_in(http: httpx.Client, host: str) -> None:
    headers = {"Host": host, "Origin": f"https://{host}"}
    assert http.get("/api/documents", headers=headers).status_code == 200


def test_a_browser_is_believed_of_where_it_asks_from(http: httpx.Client) -> None:
    """It says so itself, else by the origin; behind a proxy the name that it called is told."""
    for headers, status in (
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.proxy"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),  # a link
        ({"Origin": "http://namnd.example", "X-Forwarded-Host": "namnd.example"}, 200),
        ({"Origin": "http://["}, 403),
        ({"Origin": ""}, 403),
    ):
        assert http.get("/api/documents", headers=headers).status_code == status, headers
    for path in ("/gradio_api/queue/join", "/inlasning?namn=a.txt", "/nedladdning", "/"):
        reply = http.post(path, json={}, headers={"Origin": "http://evil.example"})
        assert (reply.status_code, "annan plats" in reply.json()["error"]) == (403, True)


def test_a_form_of_another_page_cannot_ask(http: httpx.Client) -> None:
    sent = json.dumps({"question": "a"})
    reply = http.post("/api/ask", content=sent, headers={"Content-Type": "text/plain"})
    assert reply.status_code == 415
    parts = iter([b" " * 60_000, b" " * 60_000])  # without a length told before
    reply = http.post("/api/ask", content=parts, headers={"Content-Type": "application/json"})
    assert reply.status_code == 413


def test_the_page_and_the_openapi_document_tell_of_every_call(http: httpx.Client) -> None:
    document = http.get("/api/openapi.json").json()
    assert set(document["paths"]) == {
        "/ask", "/search", "/documents", "/figures", "/audit", "/wording"
    }  # fmt: skip
    for path, methods in document["paths"].items():
        [(_, call)] = methods.items()
        assert call["summary"], path
        assert set(call["responses"]) == {"200", "4XX", "5XX"}
    page = http.get("/api")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in page.text
    assert all(f"/api{path}" in page.text for path in document["paths"])
    assert "http" not in page.text.replace(str(http.base_url), "")


# ---- MCP


def test_every_tool_says_what_it_does_and_changes_nothing(site: str) -> None:
    listed = over_mcp(f"{site}/mcp", lambda client: client.list_tools())
    tools = {tool.name: tool for tool in listed.tools}
    assert set(tools) == {name for name, _ in CALLS} | {"ask", "documents", "follow_wording"}
    for tool in tools.values():
        assert tool.description and tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert "filters" in tool.input_schema["properties"]
    assert tools["rank"].input_schema["required"] == ["what"]


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_a_tool_gives_what_the_function_gives(
    site: str, asker: Asker, name: str, arguments: dict[str, Any]
) -> None:
    result = called(site, name, arguments)
    assert not result.is_error
    told = result.structured_content
    assert json.loads(said(result)) == told
    expected = getattr(Tools(asker), name)(**arguments)
    if isinstance(expected, Answer):
        assert untimed(told) == untimed(answer_json(expected))
        assert told["citations"]
    elif name == "search_passages":
        assert told == {"passages": [hit_json(hit) for hit in expected]}
    else:
        assert told == {"findings": [finding_json(one) for one in expected]}


def test_ask_documents_and_wordings_over_mcp(site: str, asker: Asker) -> None:
    told = called(site, "ask", {"question": QUESTION}).structured_content
    assert untimed(told) == untimed(answer_json(asker.ask(Question(QUESTION))))
    assert called(site, "documents", {}).structured_content == {
        "documents": Calls(asker).documents()
    }
    told = called(site, "follow_wording", {"text": WORDING}).structured_content
    assert told == {"occurrences": Calls(asker).wording(WORDING)}


def test_filters_narrow_a_tool(site: str) -> None:
    sent = {"label": "Lokalhyror", "measure": "budget", "year": 2026}
    assert called(site, "find_figures", sent).structured_content["status"] == "answered"
    sent["filters"] = {"board": "Tekniska nämnden"}
    assert called(site, "find_figures", sent).structured_content["status"] == "refused"


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("remove", {}, "Verktyget remove finns inte. Välj av: ask,"),
        ("find_figures", {}, "Fältet label saknas."),
        ("find_figures", {"label": "Hyror", "yr": 2026}, "Fältet yr finns inte i find_figures."),
        ("find_figures", {"label": "Hyror", "year": "i år"}, "Fältet year är av fel slag."),
        ("find_figures", {"label": "a" * 2001}, "längre än 2000 tecken"),
        ("total", {"labels": ["a"] * 2001}, "längre än 2000 tecken"),
        ("search_passages", {"query": "hyror", "limit": -1}, "Fältet limit är för litet."),
        ("ask", {"question": " "}, "Frågan är tom"),
        ("ask", {"question": "a", "filters": {"yr": 1}}, "Fältet filters.yr finns inte."),
        ("follow_wording", {"text": "ord"}, "bara ett ord"),
    ],
)
def test_a_call_that_cannot_be_done_is_told(
    site: str, name: str, arguments: dict[str, Any], why: str
) -> None:
    result = called(site, name, arguments)
    assert result.is_error
    assert why in said(result)
    assert "Error" not in said(result)


def test_there_is_no_stream_to_wait_at(http: httpx.Client) -> None:
    assert http.get("/mcp").status_code == 405
    assert http.delete("/mcp").status_code == 405


def test_mcp_over_standard_input_and_output(samples_index: Path, asker: Asker) -> None:
    program = StdioServerParameters(
        command=sys.executable, args=["-m", "app", "mcp", "--index", str(samples_index)],
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    result = over_mcp(stdio_client(program), lambda client: client.call_tool(*CALLS[0]))
    expected = answer_json(Tools(asker).find_figures(**CALLS[0][1]))  # type: ignore[arg-type]
    assert untimed(result.structured_content) == untimed(expected)


def test_mcp_without_an_index_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--index", str(tmp_path / "nej")]) == 1
    told = capsys.readouterr()
    assert "det finns inget index" in told.err
    assert told.out == ""


# ---- many at once


def test_fifty_at_once_get_each_their_own_answer(site: str, asker: Asker) -> None:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked = list(dict.fromkeys(json.loads(line)["question"] for line in lines))[:50]
    assert len(asked) == 50
    started = time.perf_counter()
    expected = [untimed(answer_json(asker.ask(Question(one)))) for one in asked]
    alone = time.perf_counter() - started
    assert sum(answer["status"] == "answered" for answer in expected) > 10
    got: list[Any] = [None] * 50
    took = [0.0] * 50
    together = threading.Barrier(50)

    def ask(number: int) -> None:
        with httpx.Client(base_url=site, timeout=120) as client:
            client.get("/resurser/base.css")  # connected
            together.wait(60)
            began = time.perf_counter()
            got[number] = client.post("/api/ask", json={"question": asked[number]}).json()
            took[number] = time.perf_counter() - began

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(50)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert [untimed(answer) for answer in got] == expected
    p95 = statistics.quantiles(took, n=20)[-1]
    print(
        f"50 at once: median {statistics.median(took):.2f} s, p95 {p95:.2f} s; alone {alone:.2f} s"
    )
    assert p95 <= max(10, 3 * alone)


def test_calls_of_one_client_at_once_are_not_mixed_up(site: str, asker: Asker) -> None:
    years = [2024, 2025, 2026, 2027, 2028] * 2
    sent = [{"label": "Lokalhyror", "year": year} for year in years]

    async def all_of_them(client: Client) -> list[Any]:
        got: list[Any] = [None] * len(sent)

        async def one(number: int) -> None:
            got[number] = (await client.call_tool("find_figures", sent[number])).structured_content

        async with anyio.create_task_group() as group:
            for number in range(len(sent)):
                group.start_soon(one, number)
        return got

    got = over_mcp(f"{site}/mcp", all_of_them)
    tools = tool_functions(Calls(asker))
    assert [untimed(one) for one in got] == [untimed(tools["find_figures"](**one)) for one in sent]


def test_who_comes_when_the_line_is_full_is_told() -> None:
    open_again = threading.Event()

    async def crowd() -> list[str]:
        line, told = Line(at_once=1, waiting=1), list[str]()

        async def come() -> None:
            try:
                await line.do(lambda: open_again.wait(20))
            except FullLineError as error:
                told.append(str(error))
                open_again.set()

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(come)
        assert await line.do(lambda: "next") == "next"
        return told

    assert anyio.run(crowd) == ["Många frågar just nu. Försök igen om en liten stund."]
