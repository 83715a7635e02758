"""English attributions: sentences with source, cue and content marked, and sentences that attribute nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.extract.candidates import Candidate, Tokens
from attribution.extract.english import find
from attribution.nlp import Document, read
from tests.annotated import parse

MARKED = [
    # direct speech before, after and around the cue
    ("direct", "[“The pumps failed twice,”] {said} <Mara Olsen, a hydrologist at the port authority>."),
    ("direct", "<Mara Olsen> {said}: [“The pumps failed twice.”]"),
    ("direct", "<Mara Olsen> {told} reporters on Monday, [“The pumps failed twice.”]"),
    ("direct", "[“The pumps failed twice,”] <she> {said}. [“Nobody was warned.”]"),
    ("direct", "[“I came home,”] <he> {said}, [“and the roof was gone.”]"),
    ("direct", '["Never,"] <he> {said}.'),
    ("direct", "[“Is it over?”] <she> {asked}."),
    ("direct", "[“The quay is closed,”] <the harbour office> {wrote} on its website."),
    ("direct", "[''The roof leaked for years,''] <Ms. Voss> {said}. [''Nobody came.'']"),
    ("direct", "[“We did not know, ‘he said,’ was her reply,”] <the clerk> {recalled}."),
    ("direct", "The meeting was short.\n\n[“The mill stays,”] <he> {said}."),
    # that-clauses, bare clauses, questions
    ("indirect", "<The harbour master> {said} in an interview on Sunday [that two ships had collided]."),
    ("indirect", "<The harbour master> {said} on Sunday [two ships had collided]."),
    ("indirect", "<Police> {said} Tuesday [the suspect, a 34-year-old man, had fled]."),
    ("indirect", "<Officials> {say} [talks failed]."),
    ("indirect", "<Nurses> {fear} [that the ward will close]."),
    ("indirect", "<She> {did not say} [whether the quay would reopen]."),
    ("indirect", "<The pilot> {told} investigators [that the radar had failed]."),
    ("indirect", "<Lind> went on {to say} [that the convoy had stopped]."),
    ("indirect", "The paper quoted <an official> as {saying} [the ship had sunk]."),
    # where the content ends
    ("indirect", "<The union> {said} [wages were too low], but the owners disagreed."),
    ("indirect", "While <the union> {said} [wages were too low], the owners raised prices."),
    ("indirect", "<Karl Brandt>, <who> {said} [the dam was safe], has left the firm."),
    ("indirect", "<Karl Brandt> {said} [the dam – a relic of the war – was safe]."),
    # a parenthesis and inverted order
    ("indirect", "[The bridge], <Olsen> {said}, [would stay shut until June]."),
    ("indirect", "[The bridge will stay shut until June], <the ministry> {said} in a statement on Monday."),
    # infinitives
    ("indirect", "<The owners> {promised} [to repair the quay]."),
    ("indirect", "<The company> {declined} [to comment]."),
    ("indirect", "<The premier> {wants} [to cut taxes]."),
    ("indirect", "<The chair> {urged} [members not to strike]."),
    # objects
    ("reported", "<The council> {criticized} [the plan]."),
    ("reported", "<The agency> {warned of} [a second wave]."),
    ("reported", "<The mayor> {denied} [the report]."),
    ("reported", "<He> {called} [the judge “unfit.”]"),
    ("reported", "<Neighbours> {described} [the boy as shy]."),
    ("reported", "<The regulator> {denied} [access to the files]."),
    ("reported", "[The bill] {was denounced} by <two bishops>."),
    # the whole source
    ("indirect", "<Colonel Tomas Lind (54)> {said} [the convoy had stopped]."),
    ("indirect", "<The Institute for Marine Research (IMR)> {said} [the stock had collapsed]."),
    ("indirect", "<John Hale, a spokesman for the ministry>, {said} [the road was open]."),
    ("indirect", "On Tuesday <Mr. Hale> {said} [the road was open]."),
    ("indirect", "In the town of Lisk, <people who saw the fire> {said} [the road was open]."),
    # markers
    ("indirect", "{According to} <Lena Voss, a lawyer for the owners>, [the ship was insured]."),
    ("indirect", "{According to} <the coast guard>, however, [the ship was insured]."),
    ("indirect", "[Two ships collided, killing four sailors], {according to} <the coast guard>."),
    ("indirect", "[Prices fell], {according to} <the bureau>, but rents rose."),
    ("indirect", "As <the Morning Herald> {reported}, [the fund is empty]."),
    ("indirect", "[The fund is empty], as <the Morning Herald> {reported}."),
    ("indirect", "{For} <military historian Anna Roth>, [the siege was a mistake]."),
    ("indirect", "{In} <the mayor>'s {view}, [the law goes too far]."),
    ("indirect", "<Mayor>{:} [Bridge will be rebuilt]."),
    # nouns and adjectives
    ("indirect", "<The minister>'s {claim} [that the fund was empty] surprised many."),
    ("indirect", "<Brandt> {is confident} [that the dam will hold]."),
    # nobody named
    ("indirect", "{It is believed} [that the vase was stolen]."),
    ("indirect", "[The king] {is expected} [to abdicate]."),
    ("indirect", "[The minister] {is said} [to have sold his flat]."),
    ("indirect", "[The minister has] {reportedly} [sold his flat]."),
    ("indirect", "The {allegation} [that votes were bought] was denied."),
    ("indirect", "{Asked} [whether he would run again], Brandt shrugged."),
]

SILENT = [
    "It is unclear how strong the dam is.",
    'The "cheap" tickets were sold out.',
    'The shop plays "Yellow Moon" every night.',
    "The proposed plan was shelved.",
    "The claim was settled in March.",
    "For years, the siege was forgotten.",
    "For the island, it is a “cheap” way to earn money.",
    "The books were sorted according to size.",
    "He said so.",
    "The newly announced route runs along the coast.",
    "Her reports fill three shelves.",
    "These calls came at night.",
]


def strings(document: Document, spans: tuple[Tokens, ...]) -> list[str]:
    return [document.text[document.starts[span.first] : document.ends[span.last - 1]] for span in spans]


def roles(document: Document, candidate: Candidate) -> dict[str, list[str]]:
    return {name: strings(document, getattr(candidate, name)) for name in ("source", "cue", "content")}


@pytest.mark.parametrize(("kind", "marked"), MARKED, ids=[marked[:50] for _, marked in MARKED])
def test_marked_attribution_is_found_with_its_spans(kind: str, marked: str) -> None:
    text, wanted = parse(marked)
    document = read(text, "en")
    found = find(document)
    assert [roles(document, candidate) for candidate in found] == [wanted]
    assert found[0].type == kind


@pytest.mark.parametrize("sentence", SILENT)
def test_own_voice_is_left_alone(sentence: str) -> None:
    assert find(read(sentence, "en")) == []


def test_participle_shares_the_source_of_its_clause() -> None:
    document = read("“The pumps failed twice,” Olsen said, adding that nobody was warned.", "en")
    first, second = find(document)
    assert first.source == second.source
    assert strings(document, second.content) == ["that nobody was warned"]


def test_second_verb_shares_the_subject() -> None:
    document = read("The union said wages were too low and added that a strike was likely.", "en")
    contents = [strings(document, candidate.content) for candidate in find(document)]
    assert contents == [["wages were too low"], ["that a strike was likely"]]


def test_cue_inside_a_quotation_is_itself_quoted() -> None:
    document = read("“My neighbour said that the dam broke at night,” the widow recalled.", "en")
    assert [strings(document, candidate.source) for candidate in find(document)] == [["the widow"]]


def test_cue_inside_reported_content_is_not_reported_twice() -> None:
    document = read("The governor said officials believe that the fire was set.", "en")
    assert [strings(document, candidate.source) for candidate in find(document)] == [["The governor"]]


def test_quotation_across_paragraphs_goes_on() -> None:
    document = read("“We lost the harvest,” she said. “The frost came early.\n\n“Then came the hail.”", "en")
    assert [len(candidate.content) for candidate in find(document)] == [3]


def test_relative_clause_cue_stops_at_the_main_verb() -> None:
    document = read("Neighbours who opposed the mast said the road was open.", "en")
    assert [strings(document, candidate.content) for candidate in find(document)] == [
        ["the mast"],
        ["the road was open"],
    ]


def test_unnamed_holders_are_marked_unspecified() -> None:
    document = read("It is believed that the vase was stolen.", "en")
    assert [(candidate.source, candidate.unspecified) for candidate in find(document)] == [((), True)]


WORDS = st.sampled_from(
    "said says “ ” \" , . : ; that The mayor X and who according to reportedly claim in view 's ( ) – as it is expected"
    " told asked whether\n\n saying ''".split(" ")
)


@given(st.lists(WORDS, max_size=40))
def test_spans_are_proper_and_contents_apart(words: list[str]) -> None:
    document = read(" ".join(words), "en")
    used: set[int] = set()
    for candidate in find(document):
        assert candidate.content
        for span in (*candidate.content, *candidate.cue, *candidate.source):
            assert 0 <= span.first < span.last <= len(document.words)
        tokens = {i for span in candidate.content for i in range(span.first, span.last)}
        assert not tokens & used
        used |= tokens


@pytest.mark.parametrize("unit", ["he said that ", '" ', "and said ", "the claim that it is ", "“a b c d” said "])
def test_cost_grows_with_length_only(unit: str) -> None:
    def seconds(times: int) -> float:
        document = read(unit * times, "en")
        start = time.process_time()
        find(document)
        return time.process_time() - start

    seconds(500)
    assert seconds(8000) < 8 * max(seconds(2000), 0.02)
