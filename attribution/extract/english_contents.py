"""What an English cue verb attributes: quotations, clauses, questions, infinitives and objects around it."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_clauses import DASHES, Text, clause_end, lexicon, skip_adjuncts
from attribution.extract.english_verbs import Group
from attribution.lang.en import grammar as g
from attribution.types import AttributionType

SPEECH = frozenset("say tell".split())


def before_main_clause(text: Text, content: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
    """Cut content of "While he said …, she …" where the main clause starts."""
    first, last = content[-1]
    for k in range(first + 1, last - 1):
        if text.words[k] == "," and text.quote_at.get(k) is None:
            end = g.noun_phrase(text.words, text.lower, k + 1, last)
            while k + 1 < end < last and g.is_adverb(text.lower[end]):
                end += 1
            if k + 1 < end < last and g.is_finite(text.words, text.lower, end):
                return (*content[:-1], Tokens(first, k))
    return content


def before_main_verb(text: Text, content: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
    """Cut content of "X, who said …, left" where the verb of the main clause comes."""
    first, last = content[-1]
    for k in range(first + 1, last - 1):
        if text.words[k] == "," and text.quote_at.get(k) is None:
            verb = k + 1
            while verb < last - 1 and g.is_adverb(text.lower[verb]):
                verb += 1
            if g.is_finite(text.words, text.lower, verb) or text.lower[verb] in lexicon().verbs:
                return (*content[:-1], Tokens(first, k))
    return content


def before_finite(text: Text, content: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
    """Cut the object of "people who saw the fire said" where the next verb comes, unless a clause of its own opens."""
    first, last = content[-1]
    for k in range(first + 1, last):
        if text.lower[k] in g.SUBORDINATORS or text.lower[k] in g.RELATIVES or k in text.opens:
            break
        if g.is_finite(text.words, text.lower, k) and text.lower[k] not in ("'s", "’s"):
            return (*content[:-1], Tokens(first, k))
    return content


Content = tuple[AttributionType, tuple[Tokens, ...], str]


def content_before(
    text: Text, group: Group, left: int, first: int, after: int, stop: int, found: Sequence[Candidate]
) -> Content | None:
    """Read the content that stands before the cue clause: a quotation or a clause cut off by a comma."""
    if "parenthesis" not in group.verb.frames or group.shape not in ("finite",):
        return None
    words, lower = text.words, text.lower
    if left <= first:
        rest = skip_adjuncts(text, skip_addressee(text, group, after, stop), stop)
        quote = text.quote_ending(first - 1) if rest >= stop or words[rest] == "," else None
        if quote is None or not _same_paragraph(text, first - 1, first) or any(quote in c.content for c in found[-3:]):
            return None
        return "direct", (quote,), "quote-sentence-before"
    prev = left - 1
    quote = text.quote_ending(prev)
    if quote is None and words[prev] in (",", *DASHES):
        quote = text.quote_ending(prev - 1)
    start = _unclaimed(text, first, left, found)
    rest = skip_adjuncts(text, skip_addressee(text, group, after, stop), stop)
    more = _tail(text, rest, stop)
    if quote is not None and quote.first >= start:
        if quote.first in (first, start) or _only_quote(text, start, quote.first):
            return "direct", (Tokens(quote.first, quote.last), *more), "quote-before"
        if (
            rest < stop
            and words[rest] not in (",", ":", *DASHES)
            and text.quote_at.get(rest) is None
            and "clause" in group.verb.frames
            and words[quote.last - 2] not in (",", "?", "!")
        ):
            return None
        return "indirect", (Tokens(start, quote.last), *more), "mixed-before"
    if words[prev] != "," and words[prev] not in DASHES:
        return None
    if (
        rest < stop
        and words[rest] not in (",", ";", ":", *DASHES)
        and lower[rest] not in ("and", "but", "as", "when", "while", "after", "who")
    ):
        return None
    aside = rest < stop and words[rest] == "," and "clause" in group.verb.frames
    plain = (aside and prev - start < 12) or (rest >= stop and group.verb.lemma in SPEECH)
    if prev <= start or (not plain and (prev - start < 3 or not g.has_finite(words, lower, start, prev))):
        return None
    if lower[start] == "as" and lower[left - 1] == "as":
        return None
    content = [Tokens(start, prev)]
    if rest + 1 < stop and words[rest] == "," and _goes_on_after(text, rest + 1, stop):
        content.append(Tokens(rest + 1, clause_end(text, rest + 1, stop)))
    return "indirect", tuple(content), "parenthesis"


_NO_REST = frozenset("citing who which and but as while after when according".split())


def _goes_on_after(text: Text, p: int, stop: int) -> bool:
    """Tell whether the words behind ", he said," go on with the content and are no apposition or second cue."""
    word = text.lower[p]
    if word.endswith("ing") or word in _NO_REST:
        return False
    return word not in ("a", "an") or g.has_finite(text.words, text.lower, p, stop)


def _unclaimed(text: Text, first: int, left: int, found: Sequence[Candidate]) -> int:
    """Return where the stretch before a cue clause starts that no earlier speech of the sentence has taken."""
    start = first
    for candidate in found[-2:]:
        spans = (*candidate.content, *candidate.cue, *candidate.source)
        last = max(span.last for span in spans)
        if last <= first or last >= left - 1 or min(span.first for span in spans) < first:
            continue
        if candidate.type == "direct" or ".say" in candidate.rule:
            start = max(start, last)
    while start < left and (text.words[start] in (",", ";", ":", *DASHES) or text.lower[start] in ("and", "but")):
        start += 1
    return start


def _only_quote(text: Text, start: int, quote: int) -> bool:
    """Tell whether nothing but a conjunction or adverb stands before a quotation."""
    return quote - start <= 1 and all(
        text.lower[k] in g.CONJUNCTIONS or g.is_adverb(text.lower[k]) for k in range(start, quote)
    )


def _tail(text: Text, rest: int, stop: int) -> tuple[Tokens, ...]:
    """Return the second half of a quotation that goes on after the cue clause."""
    words = text.words
    if rest < stop and words[rest] in (",", ":", *DASHES):
        rest += 1
        if rest < stop and text.lower[rest] in ("and", "adding", "but"):
            return ()
    quote = text.quote_opening(rest) if rest < stop else None
    return (quote,) if quote is not None else ()


def skip_addressee(text: Text, group: Group, i: int, stop: int) -> int:
    """Return the end of the person spoken to ("told reporters")."""
    if i < stop and group.verb.lemma in g.ADDRESSING and text.quote_opening(i) is None and text.lower[i] != "that":
        return g.noun_phrase(text.words, text.lower, i, stop)
    return i


def content_after(text: Text, group: Group, after: int, stop: int) -> Content | None:
    """Read the content that follows the cue: a quotation, a clause, a question, an infinitive, or an object."""
    words, lower = text.words, text.lower
    verb, frames = group.verb, group.verb.frames
    following = _next_quote(text, group, after, stop)
    if following is not None:
        return following
    if after >= stop:
        return None
    direct = _quote_after(text, group, after, stop)
    if direct is not None:
        return direct
    if verb.prepositions and lower[after] in verb.prepositions and "object" in frames:
        content = _object(text, group, after + 1, stop, "object")
        if content is not None and after == group.last:
            group.last += 1  # the preposition belongs to the cue: "called for"
        return content
    if verb.prepositions and frames == ("object",):
        return None
    p = after
    if p < stop and lower[p] not in ("that", "to") and verb.lemma in g.ADDRESSING:
        p = skip_addressee(text, group, p, stop)
    q = skip_adjuncts(text, p, stop) if lower[p : p + 1] != ["to"] else p
    if q >= stop:
        return None
    if lower[q] == "that" and "clause" in frames:
        return "indirect", (Tokens(q, clause_end(text, q, stop)),), "that"
    if words[q] == "," and "clause" in frames:
        k = skip_adjuncts(text, q + 1, stop)
        if k < stop and words[k] == "," and k + 1 < stop and lower[k + 1] == "that":
            return "indirect", (Tokens(k + 1, clause_end(text, k + 1, stop)),), "that"
        return None
    if words[q] == ":":
        return _colon(text, q, stop) if "quote" in frames else None
    if not g.is_word(words[q]) and text.quote_opening(q) is None and words[q] != "$":
        return None
    if lower[q] in ("if", "whether", "what", "why", "how", "who", "where", "when", "which") and "question" in frames:
        return "indirect", (Tokens(q, clause_end(text, q, stop)),), "question"
    if lower[p] == "to" or lower[p : p + 2] == ["not", "to"]:
        if "infinitive" in frames and group.shape != "infinitive":
            return "indirect", (Tokens(p, clause_end(text, p, stop, plain=True)),), "infinitive"
        return None
    if "infinitive" in frames:
        end = g.noun_phrase(words, lower, p, stop)
        verb_at = end + 2 if lower[end : end + 1] in (["not"], ["n't"]) else end + 1
        if p < end and verb_at < stop and lower[verb_at - 1] == "to" and _may_be_verb(text, verb_at):
            return "indirect", (Tokens(p, clause_end(text, p, stop, plain=True)),), "object-infinitive"
    if lower[q] == "so" and q + 1 >= stop:
        return None
    if "clause" in frames and (verb.lemma in SPEECH or _finite_follows(text, q, stop)):
        if lower[q] in ("as", "than", "and", "or", "but", "because", "while"):
            return None
        return "indirect", (Tokens(q, clause_end(text, q, stop)),), "clause"
    if "object" in frames and not verb.prepositions:
        return _object(text, group, p, stop, "object")
    return None


def _may_be_verb(text: Text, i: int) -> bool:
    """Tell an infinitive behind *to* from a receiver ("denied access to the press")."""
    word = text.lower[i]
    return text.words[i][0].islower() and word not in g.DETERMINERS and not word.endswith("s")


def _finite_follows(text: Text, q: int, stop: int) -> bool:
    """Tell whether a noun phrase with a finite verb starts at token q."""
    words, lower = text.words, text.lower
    if lower[q] in g.PREPOSITIONS or lower[q] in g.CONJUNCTIONS:
        return False
    end = g.noun_phrase(words, lower, q, stop)
    while end < stop and g.is_adverb(lower[end]):
        end += 1
    if end >= stop or end == q:
        return False
    if g.is_finite(words, lower, end) or lower[end] in g.BARE_VERBS or lower[end] in g.AUXILIARIES:
        return True
    return (
        lower[q] in ("he", "she", "they", "we", "i", "it", "there")
        and words[end][0].islower()
        and lower[end] not in g.PREPOSITIONS
    )


def _object(text: Text, group: Group, p: int, stop: int, rule: str) -> Content | None:
    """Take a noun phrase as content: "criticized the plan", "warned of a crisis"."""
    if group.shape == "infinitive":
        return None
    if p >= stop or not (g.is_word(text.words[p]) or text.quote_opening(p) is not None or text.words[p] == "$"):
        return None
    if (
        text.lower[p] in g.CONJUNCTIONS
        or text.lower[p] in g.PREPOSITIONS
        or text.lower[p] in g.AUXILIARIES
        or text.lower[p] == "that"
    ):
        return None
    end = clause_end(text, p, stop, strict=True)
    return ("reported", (Tokens(p, end),), rule) if end > p else None


def _quote_after(text: Text, group: Group, after: int, stop: int) -> Content | None:
    """Read a quotation right behind the cue, its addressee and adjuncts, with or without a comma or colon."""
    if "quote" not in group.verb.frames:
        return None
    words = text.words
    for p in dict.fromkeys(
        (
            after,
            skip_addressee(text, group, after, stop),
            skip_adjuncts(text, skip_addressee(text, group, after, stop), stop),
        )
    ):
        q = p + 1 if p < stop and words[p] in (",", ":") else p
        quote = text.quote_opening(q) if q < stop else None
        if quote is not None and (q > p or (quote.last - quote.first > 4 and quote.last >= stop - 1)):
            return "direct", (Tokens(quote.first, min(quote.last, max(stop, quote.last))),), "quote-after"
    return None


def _colon(text: Text, colon: int, stop: int) -> Content | None:
    if colon + 1 < stop:
        return "indirect", (Tokens(colon + 1, stop),), "colon"
    return None


def _next_quote(text: Text, group: Group, after: int, stop: int) -> Content | None:
    """Read a quotation that is the next sentence, after "… he wrote:"."""
    words = text.words
    last = skip_adjuncts(text, skip_addressee(text, group, after, stop), stop)
    if last < stop or "quote" not in group.verb.frames:
        return None
    while last < len(words) and words[last] in (":", ".", ","):
        last += 1
    quote = text.quote_opening(last)
    if quote is None:
        return None
    if words[last - 1] != ":" and not (
        group.shape == "finite"
        and group.verb.cls == "say"
        and "clause" in group.verb.frames
        and _same_paragraph(text, group.token, last)
        and quote.last >= text.bounds(quote.first)[1]
    ):
        return None
    return "direct", (quote,), "quote-next"


def _same_paragraph(text: Text, one: int, other: int) -> bool:
    document = text.document
    return (
        document.sentences[document.sentence_of[one]].paragraph
        == document.sentences[document.sentence_of[other]].paragraph
    )
