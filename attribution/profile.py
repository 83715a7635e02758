"""Count an article's statements by source and grade; every count can be traced to statement ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attribution.types import Profile, Source, SourceSummary, Statement


def profile(statements: Sequence[Statement]) -> Profile:
    """Count statements by attribution, naming, hedging and grade.

    Shares are of the attributed statements, judged by the origin of each; ``source_concentration`` is the share of
    attributed statements that the most used origin carries (1 = everything rests on one source).
    """
    attributed = [s for s in statements if s.attribution is not None]
    origins = Counter(_key(_origin(s)) for s in attributed if s.attribution and s.attribution.sources)
    named = sum(1 for s in attributed if (o := _origin(s)) is not None and o.named)
    direct = sum(1 for s in attributed if s.attribution and s.attribution.type == "direct")
    grades = Counter(s.grade for s in statements)
    return Profile(
        statements=len(statements),
        attributed=len(attributed),
        unsourced=len(statements) - len(attributed),
        named_share=_share(named, len(attributed)),
        anonymous_share=_share(len(attributed) - named, len(attributed)),
        origins=len(origins),
        relayed=sum(1 for s in attributed if s.attribution and len(s.attribution.sources) > 1),
        hedged=sum(1 for s in statements if any(h.cls != "approximation" for h in s.hedges)),
        disclaimers=sum(1 for s in statements if any(h.cls == "disclaimer" for h in s.hedges)),
        direct_share=_share(direct, len(attributed)),
        grades={str(n): grades.get(n, 0) for n in range(1, 6)},
        source_concentration=_share(max(origins.values(), default=0), len(attributed)),
    )


def summaries(statements: Sequence[Statement]) -> tuple[SourceSummary, ...]:
    """List every source of an article, most used first, with the statements it carries."""
    rows: dict[str, list[tuple[Source, str]]] = {}
    for statement in statements:
        for source in statement.attribution.sources if statement.attribution else ():
            rows.setdefault(_key(source), []).append((source, statement.id))
    found = [
        SourceSummary(
            source_id=mentions[0][0].source_id,
            name=mentions[0][0].name,
            kind=mentions[0][0].kind,
            naming=mentions[0][0].naming,
            statements=tuple(dict.fromkeys(id_ for _, id_ in mentions)),
            first=min(source.start for source, _ in mentions),
            last=max(source.start for source, _ in mentions),
        )
        for mentions in rows.values()
    ]
    return tuple(sorted(found, key=lambda row: (-len(row.statements), row.first)))


def _origin(statement: Statement) -> Source | None:
    return statement.attribution.sources[-1] if statement.attribution and statement.attribution.sources else None


def _key(source: Source | None) -> str:
    return "" if source is None else source.source_id or source.name.casefold()


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
