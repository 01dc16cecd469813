"""The figures of an answer → a table, where there are several results of one kind."""

from __future__ import annotations

from collections.abc import Sequence

from app.answer_parts import about
from app.web.inline import SV, number_html, opener, sv_html, text_html
from app.words import say
from rag.answer import Citation, ToldFigure
from rag.spoken import number


def table_html(figures: Sequence[ToldFigure], citations: Sequence[Citation]) -> str:
    """A table of figures: what each is, what it is about, its value, and its sources' buttons."""
    by_id = {citation.id: citation for citation in citations}
    labels = len({figure.label for figure in figures}) > 1
    columns = len({about(figure) for figure in figures}) > 1
    heads = [head for head, shown in ((say("Post"), labels), (say("Avser"), columns)) if shown]
    told = "" if columns else about(figures[0])
    value = sv_html(told) if told else say("Värde")
    rows: list[str] = []
    for figure in figures:
        total = bool(figure.formula)
        kind = ' class="sum"' if total else ""
        named = [figure.label] if labels else []
        named += [about(figure)] if columns else []
        first, *others = map(text_html, named or [figure.label])
        cells = f'<th scope="row"{SV}>{first}</th>'
        if total:
            cells = f'<th scope="row">{say("Tillsammans")}</th>'
        cells += "".join(f"<td{SV}>{cell}</td>" for cell in others)
        buttons = "".join(opener(by_id[c]) for c in figure.citations if c in by_id)
        rows.append(
            f"<tr{kind}>{cells}"
            f'<td class="value">{number_html(number(figure.value, figure.unit))}</td>'
            f'<td class="from">{"" if total else buttons}</td></tr>'
        )
    above = "".join(f'<th scope="col">{head}</th>' for head in heads or [say("Post")])
    return (
        f'<table class="figures"><thead><tr>{above}'
        f'<th scope="col" class="value">{value}</th>'
        f'<th scope="col" class="from">{say("Källa")}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
