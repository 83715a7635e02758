"""English attributions by rules: cue verbs with their subjects and contents, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english_clauses import (
    CLOSERS,
    DASHES,
    Text,
    clause_end,
    lexicon,
    skip_adjuncts,
)
from attribution.extract.english_markers import VIEWS, headline, marked, nominal, viewed
from attribution.lang import Verb
from attribution.lang.en import grammar as g
from attribution.nlp import Document
from attribution.types import AttributionType

ADDRESSING = frozenset(
    ["tell", "remind", "assure", "reassure", "inform", "notify", "warn", "persuade", "convince", "advise", "promise"]
)
HEARSAY = frozenset("say report allege".split())
SPEECH = frozenset("say tell".split())
LINKING = frozenset(["appear", "seem", "tend", "happen"])
INVERTIBLE = frozenset(
    ["said", "says", "say", "added", "wrote", "writes", "asked", "tweeted", "replied", "argued", "explained", "noted"]
)


@dataclass(slots=True)
class Group:
    """Hold one cue verb in its verb group: where the group starts, its voice, and its last token."""

    verb: Verb
    token: int
    first: int
    last: int
    passive: bool
    shape: str  # "finite", "ing", "infinitive", "participle"


def find(document: Document) -> list[Candidate]:
    """Propose the attributions of an English document, none nested in another and no two for the same content."""
    text = Text(document)
    index = lexicon()
    verbs, nouns, markers = index.verbs, index.nouns, index.markers
    found: list[Candidate] = []
    lower = text.lower
    for i, word in enumerate(lower):
        if word in verbs and not text.inside(i):
            candidate = _verb_candidate(text, i, verbs[word], found)
            if candidate is not None:
                found.append(candidate)
                continue
        if word in markers and not text.inside(i):
            found += marked(text, i, markers[word])
        if word in VIEWS and not text.inside(i):
            found += viewed(text, i)
        if word in nouns and not text.inside(i):
            found += nominal(text, i, nouns[word])
        elif word == ":":
            found += headline(text, i)
    return _continued(text, _outermost(found))


def _verb_candidate(text: Text, i: int, verbs: Sequence[Verb], found: Sequence[Candidate]) -> Candidate | None:
    """Try the entries of one verb form in the order of the lexicon."""
    first, stop = text.bounds(i)
    for verb in verbs:
        last = i + 1
        if text.lower[i] in verb.bare:
            if last >= stop or text.lower[last] != verb.particle:
                continue
            last += 1
        group = _group(text, i, last, verb, first)
        candidate = _read_group(text, group, first, stop, found)
        if candidate is not None:
            return candidate
    return None


def _group(text: Text, i: int, last: int, verb: Verb, first: int) -> Group:
    """Take the adverbs and auxiliaries before a cue verb into its group and read voice and shape off them."""
    words, lower = text.words, text.lower
    k = i
    be = have = helped = to = False
    while k > first:
        word = lower[k - 1]
        if word in ("'s", "’s") and (k < 2 or lower[k - 2] not in ("he", "she", "it", "who", "that", "there")):
            break
        if word in g.BE:
            be = True
        elif word in g.HAVE:
            have = True
        elif word in g.MODALS or word in g.DO:
            helped = True
        elif word == "to" and not to:
            to = True
        elif not g.is_adverb(word):
            break
        k -= 1
        if to:
            break
    shape = "finite"
    ing = lower[i].endswith("ing")
    if to:
        shape = "infinitive"
    elif ing:
        shape = "finite" if be else "ing"
    return Group(verb, i, k, last, (be and not ing and not have) or (be and have and not ing), shape)


def _is_asked(text: Text, group: Group, first: int) -> bool:
    """Tell "asked whether …" and "was told that …", where the speaker is not named, from the active verb."""
    form = text.lower[group.token]
    if form not in ("asked", "told", "pressed", "questioned"):
        return False
    k = group.first
    return group.passive or form != "told" and (k == first or text.lower[k - 1] in ("when", "whenever", "if"))


_PLURALS = frozenset(
    "people men women police who they we you i some many others most both critics democrats that which few all media"
    " children those two three four five percent half several and".split()
)


def _is_verb(text: Text, group: Group, first: int) -> bool:
    """Tell a verb from the noun or adjective of the same form ("a tweet", "the proposed plan", "United States")."""
    words, lower = text.words, text.lower
    i, k = group.token, group.first
    if words[i][0].isupper() and i > first and not _titled(text, i, first):
        return False
    if k == first or group.shape == "infinitive":
        return True
    before = lower[k - 1]
    if before in g.DETERMINERS and before not in g.STANDALONE or before in ("'s", "’s"):
        return before in ("'s", "’s") and group.shape == "ing"
    if group.shape == "ing" or k < i and not (k == i - 1 and g.is_adverb(lower[k])):
        return True
    if before in g.PREPOSITIONS and before not in ("by", "after", "before", "since", "while", "of", "without"):
        return False
    form = lower[i]
    if before in ("much", "most", "more", "very") or (k < i and before in g.ARTICLES):
        return False
    if form.endswith("s") and form != group.verb.lemma:
        following = lower[group.last] if group.last < len(lower) else "."
        if following in lexicon().verbs and following not in lexicon().nouns or _is_plural(words[k - 1], before):
            return False
        return before not in g.PREPOSITIONS and before not in ("i", "you", "they", "we")
    if before in g.PREPOSITIONS:
        return False
    if form != group.verb.lemma:
        return True
    return before in _PLURALS or before[-1] == "s" or not g.is_word(words[k - 1]) or words[k - 1][-1] == "%"


def _is_plural(word: str, lower: str) -> bool:
    """Tell a plural subject, which no third-person form agrees with."""
    if lower in ("these", "those", "some", "many", "others", "both", "all", "most", "several", "few", "other"):
        return True
    return word[0].islower() and lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and lower not in ("always", "news")


def _titled(text: Text, i: int, first: int) -> bool:
    """Tell whether the sentence is a headline with capitals throughout."""
    near = [word for word in text.words[first : i + 8] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in near) > 0.7 * len(near)


def _read_group(text: Text, group: Group, first: int, stop: int, found: Sequence[Candidate]) -> Candidate | None:
    if not _is_verb(text, group, first):
        return None
    if _is_asked(text, group, first):
        result = _content_after(text, group, group.last, stop)
        if result is not None:
            return _candidate(group, result[0], result[1], (), f"en.asked-{result[2]}.{group.verb.id}", unspecified=True)
    if group.passive:
        return _passive(text, group, first, stop)
    source = _source(text, group, first, stop, found)
    if source is None:
        return None
    spans, left, after = source
    verb = group.verb
    if lower_before(text, group, first) not in g.RELATIVES and left > first and text.lower[left - 1] == "as":
        return _as_said(text, group, spans, left - 1, after, (first, stop))
    relative = lower_before(text, group, first) in g.RELATIVES
    before = None if relative else _content_before(text, group, left, first, after, stop, found)
    if before is not None:
        kind, content, rule = before
        return _candidate(group, kind, content, spans, f"en.{rule}.{verb.id}.{group.shape}")
    result = _content_after(text, group, after, stop)
    if result is None:
        return None
    kind, content, rule = result
    if left > first and text.lower[left - 1] in _SUBORDINATE and kind != "direct":
        content = _before_main_clause(text, content)
    return _candidate(group, kind, content, spans, f"en.{rule}.{verb.id}.{group.shape}")


def _as_said(
    text: Text, group: Group, source: tuple[Tokens, ...], start: int, after: int, bounds: tuple[int, int]
) -> Candidate | None:
    """Read "As X reported, …" and "…, as X put it"."""
    first, stop = bounds
    if "clause" not in group.verb.frames:
        return None
    rest = skip_adjuncts(text, after, stop)
    content: tuple[Tokens, ...] = ()
    if rest + 1 < stop and text.words[rest] in (",", ":") and start - first < 2:
        quote = text.quote_opening(rest + 1)
        content = (quote or Tokens(rest + 1, clause_end(text, rest + 1, stop)),)
    elif (rest >= stop or text.words[rest] == ",") and start - 1 > first and text.words[start - 1] == ",":
        content = (Tokens(first, start - 1),)
    if not content or content[0].last <= content[0].first:
        return None
    return _candidate(group, "indirect", content, source, f"en.as.{group.verb.id}")


_SUBORDINATE = frozenset("while although though as when because after if since even".split())


def _before_main_clause(text: Text, content: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
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


def lower_before(text: Text, group: Group, first: int) -> str:
    """Return the word before a verb group in lower case."""
    return text.lower[group.first - 1] if group.first > first else ""


def _candidate(
    group: Group,
    kind: AttributionType,
    content: tuple[Tokens, ...],
    source: tuple[Tokens, ...],
    rule: str,
    **more: bool,
) -> Candidate:
    first = group.first if group.shape != "infinitive" else group.first
    strength = 90 if kind == "direct" else 70 if kind == "indirect" else 50
    return Candidate(kind, content, (Tokens(first, group.last),), source, (), rule, strength, **more)


Found = tuple[tuple[Tokens, ...], int, int]


def _source(text: Text, group: Group, first: int, stop: int, found: Sequence[Candidate]) -> Found | None:
    """Return the source, the left edge of the cue clause, and where the words after the cue start."""
    words, lower = text.words, text.lower
    k = group.first
    inverted = _inverted(text, group, first, stop)
    if inverted is not None:
        return inverted
    if k == first:
        return None
    before = lower[k - 1]
    if group.shape == "infinitive":
        return _controlled(text, group, first, found)
    if before == "who" or (before in ("which", "that") and group.shape == "finite"):
        return _antecedent(text, k - 1, first, group)
    if group.shape == "ing" and (
        before == ","
        or before in CLOSERS
        or before
        in ("by", "in", "and", "while", "after", "before", "of", "for", "about", "from", "at", "with", "without")
    ):
        return _shared(text, group, first, found)
    if before in ("and", "but", "or") or (before == "," and group.shape == "finite" and k - 2 > first and False):
        return _shared(text, group, first, found)
    start = g.subject(words, lower, k, first)
    end = k
    if start >= end:
        return None
    while words[end - 1] == ",":
        end -= 1
    return (Tokens(start, end),), start, group.last


def _inverted(text: Text, group: Group, first: int, stop: int) -> Found | None:
    """Read '"…," said X': the cue follows a quotation or a comma and its subject comes after it."""
    words, lower = text.words, text.lower
    k = group.first
    if k != group.token or group.shape != "finite" or group.last >= stop:
        return None
    after_quote = k > first and (
        text.quote_ending(k - 1) is not None
        or (words[k - 1] in (",", *DASHES) and text.quote_ending(k - 2) is not None)
    )
    if not (
        after_quote
        or (k > first and words[k - 1] == "," and lower[group.token] in INVERTIBLE)
        or (k == first and lower[k] == "said")
    ):
        return None
    nxt = lower[group.last]
    if nxt == "that" or text.quote_opening(group.last) is not None or not (g.is_word(words[group.last])):
        return None
    if nxt in g.PREPOSITIONS or (g.is_adverb(nxt) and words[group.last][0].islower()):
        return None
    end = g.noun_phrase(words, lower, group.last, stop)
    if end == group.last:
        return None
    if not after_quote and k > first and (words[k - 1] != "," or _clause_follows(text, group.last, end, stop)):
        return None
    full = g.apposition(words, lower, end, stop)
    return (Tokens(group.last, full),), k, full


def _clause_follows(text: Text, start: int, end: int, stop: int) -> bool:
    """Tell whether what follows ", said" is a clause of its own, so that the subject stands before the comma."""
    comma = next((k for k in range(end, stop) if text.words[k] == ","), stop)
    return g.has_finite(text.words, text.lower, start, comma) or text.lower[end : end + 1] in (["that"], ["to"])


def _controlled(text: Text, group: Group, first: int, found: Sequence[Candidate]) -> Found | None:
    """Return the source of "went on to say", "was quick to note": the subject of the governing verb."""
    words, lower = text.words, text.lower
    for k in range(group.first - 1, max(first, group.first - 9) - 1, -1):
        if g.is_finite(words, lower, k) or lower[k] in g.BARE_VERBS:
            while k > first and (g.is_adverb(lower[k - 1]) or lower[k - 1] in g.AUXILIARIES or lower[k - 1] == "to"):
                k -= 1
            if lower[k - 1] == "who" if k > first else False:
                return _antecedent(text, k - 1, first, group)
            start = g.subject(words, lower, k, first)
            if start >= k:
                return _shared(text, group, first, found) if lower[k - 1] in ("and", ",") else None
            end = k
            while words[end - 1] == ",":
                end -= 1
            return (Tokens(start, end),), start, group.last
    return None


def _antecedent(text: Text, pronoun: int, first: int, group: Group) -> Found | None:
    """Return the noun phrase a relative pronoun stands for, and the pronoun."""
    words, lower = text.words, text.lower
    end = pronoun
    if end > first and words[end - 1] == ",":
        end -= 1
    start = g.subject(words, lower, end, first) if end > first else end
    if start >= end:
        return (Tokens(pronoun, pronoun + 1),), pronoun, group.last
    return (Tokens(start, end), Tokens(pronoun, pronoun + 1)), pronoun, group.last


def _shared(text: Text, group: Group, first: int, found: Sequence[Candidate]) -> Found | None:
    """Return the source that a participle or a coordinated verb shares with the clause before it."""
    for candidate in reversed(found[-3:]):
        if (
            candidate.source
            and candidate.cue
            and candidate.cue[0].first >= first
            and candidate.cue[0].last <= group.first
        ):
            return candidate.source, group.first, group.last
        if candidate.cue and candidate.cue[0].first < first:
            break
    start, end = g.first_subject(text.words, text.lower, first, group.first)
    if start >= end:
        return None
    while text.words[end - 1] == ",":
        end -= 1
    return (Tokens(start, end),), group.first, group.last


Content = tuple[AttributionType, tuple[Tokens, ...], str]


def _content_before(
    text: Text, group: Group, left: int, first: int, after: int, stop: int, found: Sequence[Candidate]
) -> Content | None:
    """Read the content that stands before the cue clause: a quotation or a clause cut off by a comma."""
    if "parenthesis" not in group.verb.frames or group.shape not in ("finite",):
        return None
    words, lower = text.words, text.lower
    if left <= first:
        rest = skip_adjuncts(text, _skip_addressee(text, group, after, stop), stop)
        quote = text.quote_ending(first - 1) if rest >= stop or words[rest] == "," else None
        if quote is None or not _same_paragraph(text, first - 1, first) or any(quote in c.content for c in found[-3:]):
            return None
        return "direct", (quote,), "quote-sentence-before"
    prev = left - 1
    quote = text.quote_ending(prev)
    if quote is None and words[prev] in (",", *DASHES):
        quote = text.quote_ending(prev - 1)
    start = _unclaimed(text, first, left, found)
    rest = skip_adjuncts(text, _skip_addressee(text, group, after, stop), stop)
    more = _tail(text, rest, stop)
    if quote is not None and quote.first >= start:
        if quote.first == first or (quote.first == start) or _only_quote(text, start, quote.first):
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
    if prev <= start or not ((aside and prev - start < 12) or (rest >= stop and group.verb.lemma in SPEECH)):
        if prev - start < 3 or not g.has_finite(words, lower, start, prev):
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


def _skip_addressee(text: Text, group: Group, i: int, stop: int) -> int:
    """Return the end of the person spoken to ("told reporters")."""
    if i < stop and group.verb.lemma in ADDRESSING and text.quote_opening(i) is None and text.lower[i] != "that":
        return g.noun_phrase(text.words, text.lower, i, stop)
    return i


def _content_after(text: Text, group: Group, after: int, stop: int) -> Content | None:
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
        return _object(text, group, after + 1, stop, "object")
    if verb.prepositions and frames == ("object",):
        return None
    p = after
    if p < stop and lower[p] not in ("that", "to") and verb.lemma in ADDRESSING:
        p = _skip_addressee(text, group, p, stop)
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
    if "infinitive" in frames and verb.lemma not in LINKING:
        end = g.noun_phrase(words, lower, p, stop)
        if p < end < stop - 1 and (lower[end] == "to" or (lower[end] in ("not", "n't") and lower[end + 1] == "to")):
            return "indirect", (Tokens(p, clause_end(text, p, stop, plain=True)),), "object-infinitive"
    if "clause" in frames and (verb.lemma in SPEECH or _finite_follows(text, q, stop)):
        if lower[q] in ("as", "than", "and", "or", "but", "because", "while"):
            return None
        return "indirect", (Tokens(q, clause_end(text, q, stop)),), "clause"
    if "object" in frames and not verb.prepositions:
        return _object(text, group, p, stop, "object")
    return None


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
            _skip_addressee(text, group, after, stop),
            skip_adjuncts(text, _skip_addressee(text, group, after, stop), stop),
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
    last = skip_adjuncts(text, _skip_addressee(text, group, after, stop), stop)
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


def _passive(text: Text, group: Group, first: int, stop: int) -> Candidate | None:
    """Read "is expected to …", "was asked about …", "was criticized by X"."""
    words, lower = text.words, text.lower
    verb, after = group.verb, group.last
    start = g.subject(words, lower, group.first, first)
    subject = Tokens(start, group.first) if start < group.first else None
    if after >= stop:
        return None
    if lower[after] == "by" and subject is not None and "object" in verb.frames:
        end = g.noun_phrase(words, lower, after + 1, stop)
        if end > after + 1:
            return _candidate(group, "reported", (subject,), (Tokens(after + 1, end),), f"en.passive-by.{verb.id}")
    if lower[after] == "to" and subject is not None and (verb.cls == "belief" or verb.lemma in HEARSAY):
        content = (subject, Tokens(after, clause_end(text, after, stop)))
        return _candidate(group, "indirect", content, (), f"en.passive-to.{verb.id}", unspecified=True)
    if lower[after] == "that" and subject is not None and lower[start] == "it":
        return _candidate(
            group,
            "indirect",
            (Tokens(after, clause_end(text, after, stop)),),
            (),
            f"en.passive-that.{verb.id}",
            unspecified=True,
        )
    return None


def _outermost(found: Sequence[Candidate]) -> list[Candidate]:
    """Drop what lies in the content of a stronger proposal, and the weaker of two for the same words."""
    kept: list[Candidate] = []
    for candidate in found:
        clash = [other for other in kept[-6:] if _clashes(other, candidate)]
        if not clash:
            kept.append(candidate)
        elif all(_beats(candidate, other) for other in clash):
            kept = [other for other in kept if other not in clash]
            kept.append(candidate)
    return kept


def _clashes(one: Candidate, other: Candidate) -> bool:
    """Tell whether the cue of one lies in the content of the other, or both claim the same words."""
    return (
        _holds(one.content, other.cue)
        or _holds(other.content, one.cue)
        or any(a.first < b.last and b.first < a.last for a in one.content for b in other.content)
    )


def _holds(content: Sequence[Tokens], cue: Sequence[Tokens]) -> bool:
    return any(c.first <= t.first < c.last for c in content for t in cue)


def _beats(new: Candidate, old: Candidate) -> bool:
    if _holds(old.content, new.cue):
        return new.strength > old.strength + 30
    if _holds(new.content, old.cue):
        return new.strength >= old.strength
    return new.strength > old.strength


def _continued(text: Text, kept: Sequence[Candidate]) -> list[Candidate]:
    """Let quotations that are sentences of their own go on with the attribution before them."""
    document = text.document
    claimed = {span.first for candidate in kept for span in candidate.content}
    result = []
    for candidate in kept:
        extra = _following_quotes(text, candidate, claimed) if _goes_on(text, candidate) else []
        claimed.update(quote.first for quote in extra)
        result.append(replace(candidate, content=(*candidate.content, *extra)) if extra else candidate)
    return result


def _goes_on(text: Text, candidate: Candidate) -> bool:
    """Tell whether quotations that follow may belong to this attribution: it is speech, and its sentence ends with it."""
    if candidate.type == "direct":
        return True
    return candidate.type == "indirect" and candidate.content[0].first < candidate.cue[0].first


def _following_quotes(text: Text, candidate: Candidate, claimed: set[int]) -> list[Tokens]:
    """Return the quotations that are the next sentences, in this paragraph or where one is carried on in the next."""
    document = text.document
    last = max(span.last for span in (*candidate.content, *candidate.cue, *candidate.source))
    quote = candidate.content[-1]
    index = document.sentence_of[last - 1] + 1
    paragraph = document.sentences[index - 1].paragraph
    extra: list[Tokens] = []
    while index < len(document.sentences):
        sentence = document.sentences[index]
        following = text.quote_opening(sentence.first)
        if following is None or following.first in claimed or following.last < sentence.last - 1:
            break
        if sentence.paragraph != paragraph and not text.carried_on(quote, following):
            break
        extra.append(following)
        quote, paragraph = following, sentence.paragraph
        index = document.sentence_of[following.last - 1] + 1
    return extra
