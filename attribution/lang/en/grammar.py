"""English grammar on word lists: noun phrases, subjects, finite verbs and clause ends, without a tagger.

English keeps the subject right before its verb and marks little by endings, so closed classes (articles, prepositions,
auxiliaries, pronouns), capitals and punctuation carry the decisions here. All functions take the ``words`` of a text
and their lower-case forms ``lower`` and work on token indexes; ``floor`` and ``stop`` bound what they may look at.
"""

from __future__ import annotations

from collections.abc import Sequence


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = _set("a an the")
POSSESSIVES = _set("my your his her its our their whose")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | _set(
        "this that these those some any each every no many several most all both few another other such more fewer one"
        " two three four five six seven eight nine ten dozens hundreds thousands neither either half"
    )
)
SUBJECT_PRONOUNS = _set("i you he she it we they who everyone everybody someone somebody nobody anyone none")
OBJECT_PRONOUNS = _set("me him her us them it himself herself themselves itself you that this everything nothing so")
STANDALONE = _set(
    "some many others both all most several few critics this that these those another neither none such everyone"
)
RELATIVES = _set("who which that whom")
QUESTION_WORDS = _set("whether if what why how who when where which whom whose")
SUBORDINATORS = _set(
    "that because when if as while after before since although though whereas until unless where whether what why how"
    " than once wherever whenever"
)
CONJUNCTIONS = _set("and but or so yet nor plus")
PREPOSITIONS = _set(
    "of in on at for from to with by about into over under between among against during through across after before"
    " since until toward towards within without near behind beyond amid despite like via outside inside along around"
    " off up down than as upon onto throughout regarding concerning including following alongside per out"
)
NP_PREPOSITIONS = _set("of for from in at with on to by about against between near behind under over among within")
BE = _set("is are was were am be been being 's 're ’s ’re 'm ’m isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t")
HAVE = _set("has have had having 've ’ve hasn't haven't hadn't hasn’t haven’t hadn’t 'd ’d")
DO = _set("do does did don't doesn't didn't don’t doesn’t didn’t")
MODALS = _set(
    "will would can could may might shall should must 'll ’ll won't wouldn't can't couldn't shouldn't won’t wouldn’t"
    " can’t couldn’t shouldn’t cannot ca wo"
)
AUXILIARIES = BE | HAVE | DO | MODALS
NEGATIONS = _set("not n't n’t never no")
ADVERBS = _set(
    "also later then now still once again often never not n't n’t always even just only ever first soon already yet"
    " long too so instead earlier further today yesterday tomorrow however therefore thus meanwhile nonetheless perhaps"
    " maybe both sometimes since previously else twice afterward afterwards elsewhere far well once rather quite almost"
    " back there here sometime merely otherwise though outright aloud indeed moreover besides likewise next alike"
)
NOT_ADVERBS = _set(
    "family early daily weekly monthly likely only ally rally july italy reply supply company friendly deadly elderly"
    " assembly anomaly monopoly sally kelly billy molly emily holly lily polly elderly lovely ugly holy apply imply rely"
    " comply multiply fly bully jelly belly reilly connolly donnelly beverly orderly costly lonely unlikely assembly"
)
TIMES = _set(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays"
    " sundays january february march april june july august september october november december jan. feb. aug. sept."
    " oct. nov. dec. today yesterday tonight tomorrow morning afternoon evening night week month year weekend recently"
    " earlier later minutes hours days weeks months years decades ago noon"
)
TIME_LEADS = _set("last this next late early earlier later the a that")
# Verbs that are no cues but tell where a clause has its verb; nouns of the same form ("plan", "vote") are left out.
_REGULAR = (
    "add address agree allow appear apply argue arrive assume attack attempt attend avoid base become belong campaign"
    " carry cause change charge chase choose claim close collect compare complain conclude confirm confront connect"
    " consider contain continue control convince cover create criticize cross damage decide declare decline defeat defend"
    " define demand depend describe deserve design destroy die disagree discover discuss earn elect embrace emerge end"
    " endorse enjoy enter exist expect explain express face fail fear file finish focus follow force gain gather happen"
    " head hire hope hurt identify imply improve include increase insist involve issue join kill lack last launch"
    " like live lose love maintain manage matter mean mention miss move name need note occur oppose own participate"
    " pass pay play portray prefer prepare present pretend prevent proceed produce promise propose protect prove provide"
    " publish push raise reach realize receive reflect refuse reject release remain remember remove replace represent"
    " require resign respond retire return reveal rise save seek seem serve share shoot sign spend stand start stay step"
    " stop suffer suggest supply support surface survive talk tend thank threaten touch travel treat try turn urge use"
    " violate visit vote walk want warn win wish wonder work worry want praise predict reveal ban back slam"
)
_IRREGULAR = _set(
    "was were had did said went came got gave made took saw knew thought told found felt left kept held began brought"
    " wrote stood heard let met ran paid sat spoke led grew lost fell sent built understood drew broke spent rose drove"
    " bought wore chose sought threw caught dealt won taught fought became sold flew shook forgot hit put set cut shot"
    " hurt quit beat bid cast gone come become known shown seen given taken done been said held run"
    " gets goes does has says makes takes gives comes sees knows thinks tells finds feels leaves keeps holds begins"
    " brings writes stands hears lets meets runs pays sits speaks leads grows loses falls sends builds understands draws"
    " breaks spends rises drives buys wears chooses seeks throws catches deals wins teaches fights becomes sells hits"
    " puts sets cuts remains seems appears wants needs includes believes argues refuses allows requires believes hopes"
    " thinks insists suggests seeks remains exists involves deserves agrees intends expects describes considers"
)
FINITE = _IRREGULAR | frozenset(
    (verb + "d" if verb.endswith("e") else verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeo" else verb + "ed")
    for verb in _REGULAR.split()
)
BARE_VERBS = _set(
    "get go make take give come see know think find feel leave keep hold begin bring write hear let meet pay sit become"
    " believe want seem remain argue agree say tell ask try include require expect hope have do say appear"
)
# Participles that close a noun phrase from behind ("people briefed on the talks").
ROLES = _set(
    "expert experts analyst analysts adviser advisers professor researcher researchers scientist scientists economist"
    " economists historian historians critic critics supporter supporters observer observers scholar scholars lawyer"
    " lawyers strategist strategists specialist specialists minister president chancellor senator governor mayor doctor"
    " doctors teacher teachers farmers activist activists colonel general columnist pollster pollsters opponents some"
)
_NAME_LINKS = _set("de la van von der den bin al el du da di ibn ben y of the")
_APPOSITION_LEADS = (
    ARTICLES
    | POSSESSIVES
    | RELATIVES
    | _set(
        "one former chief head director president chairman chairwoman executive founder co-founder author professor"
        " senior now then himself herself including formerly both whose where leader editor minister secretary mayor"
        " governor deputy vice another part among which member dean partner"
    )
)


def is_capital(word: str) -> bool:
    """Tell whether a word starts with a capital or a digit, or is a handle, so that it may be part of a name."""
    return word[0].isupper() or word[0].isdigit() or (word[0] in "@#$" and len(word) > 1)


def is_word(word: str) -> bool:
    """Tell whether a token holds letters or digits, so that it is no punctuation mark."""
    return word[0].isalnum() or (len(word) > 1 and word[-1].isalnum())


def is_adverb(lower: str) -> bool:
    """Tell whether a lower-case word is an adverb that may stand between a subject and its verb."""
    return lower in ADVERBS or (lower.endswith("ly") and lower not in NOT_ADVERBS)


def is_finite(words: Sequence[str], lower: Sequence[str], i: int) -> bool:
    """Guess whether token i is a finite verb: closed classes and known forms first, then *-ed* not before a noun."""
    word = lower[i]
    if word in AUXILIARIES:
        return word not in ("being", "been", "be", "having") and not (word in ("'s", "’s") and _possessive(lower, i))
    if word in FINITE:
        return lower[i - 1] not in ARTICLES and not words[i][0].isupper() if i else False
    return (
        word.endswith("ed")
        and len(word) > 4
        and words[i][0].islower()
        and i > 0
        and lower[i - 1] not in DETERMINERS
        and not is_adverb(lower[i - 1])
        and lower[i - 1] not in PREPOSITIONS
    )


def _possessive(lower: Sequence[str], i: int) -> bool:
    """Tell whether the clitic at token i marks a genitive: it follows no pronoun and a noun may follow."""
    if i == 0 or lower[i - 1] in ("it", "he", "she", "that", "there", "what", "who", "here", "let", "how", "where"):
        return False
    after = lower[i + 1] if i + 1 < len(lower) else "."
    return after not in DETERMINERS and after not in ("not", "been", "going", "a", "the") and is_word(after)


def has_finite(words: Sequence[str], lower: Sequence[str], start: int, stop: int) -> bool:
    """Tell whether a finite verb stands in ``start:stop``; a bare verb after a pronoun or a plural counts too."""
    for i in range(start, min(stop, start + 40)):
        if is_finite(words, lower, i):
            return True
        if i > start and lower[i] in BARE_VERBS and lower[i - 1] not in ("to", "the", "a"):
            return True
        if i > start and lower[i - 1] in SUBJECT_PRONOUNS and words[i][0].islower() and lower[i] not in PREPOSITIONS:
            return lower[i] not in CONJUNCTIONS
    return False


def noun_phrase(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> int:
    """Return the end of the noun phrase that starts at token i (i itself where none starts).

    Phrases with *of*, *for* and the like, brackets and coordinated names are taken in; a comma, a verb, a conjunction
    or an adverb ends it.
    """
    if i >= stop:
        return i
    if lower[i] in SUBJECT_PRONOUNS or lower[i] in ("him", "them", "me", "us"):
        return i + 1
    j = i
    while j < stop:
        word = lower[j]
        if words[j] == "(":
            close = next((m for m in range(j + 1, min(stop, j + 9)) if words[m] == ")"), -1)
            if close < 0 or j == i:
                return j
            j = close + 1
        elif word in NP_PREPOSITIONS:
            if j == i or j + 1 >= stop or lower[j + 1] in TIMES or not is_word(words[j + 1]):
                return j
            if word not in ("of", "for") and lower[j - 1] != "close" and not (j + 2 < stop and _attaches(words, lower, j)):
                return j
            j += 1
        elif word == "and" and j > i and j + 1 < stop and (is_capital(words[j + 1]) and is_capital(words[j - 1])):
            j += 1
        elif word in DETERMINERS:
            if j > i and lower[j - 1] not in _BEFORE_DETERMINER:
                return j
            j += 1
        elif word in ("'s", "’s") or (is_word(words[j]) and _nominal(words, lower, i, j)):
            j += 1
        else:
            return j
    return j


_BEFORE_DETERMINER = NP_PREPOSITIONS | DETERMINERS | {"and", "'s", "’s"}


def _attaches(words: Sequence[str], lower: Sequence[str], j: int) -> bool:
    """Tell whether a phrase with *in*, *at*, *with* … at token j belongs to the noun before it: a name does not."""
    return lower[j] in ("at", "from", "with") and words[j - 1][0].islower() and lower[j + 1] not in POSSESSIVES


def _nominal(words: Sequence[str], lower: Sequence[str], i: int, j: int) -> bool:
    """Tell whether token j may go on with the noun phrase that started at token i."""
    word = lower[j]
    if word in SUBORDINATORS or word in CONJUNCTIONS or word in PREPOSITIONS or word in AUXILIARIES:
        return False
    if word in SUBJECT_PRONOUNS or (word in TIMES and word not in ("march", "night", "week", "year")):
        return False
    if is_adverb(word) and words[j][0].islower():
        return j == i or lower[j - 1] in DETERMINERS
    return not (j > i and is_finite(words, lower, j))


def subject(words: Sequence[str], lower: Sequence[str], end: int, floor: int) -> int:
    """Return the start of the noun phrase that ends before token ``end`` and is a verb's subject (``end``: none).

    Walks left over nouns, names, brackets and phrases with prepositions; a finite verb, a mark or a conjunction stops
    it, unless the verb belongs to a relative clause of the phrase itself.
    """
    floor = max(floor, end - 45)
    if end <= floor:
        return end
    last = lower[end - 1]
    if last in SUBJECT_PRONOUNS and last != "who" or last in STANDALONE and not _inside(lower, end - 1, floor):
        return end - 1
    if words[end - 1] == ",":
        return _before_apposition(words, lower, end - 1, floor)
    start, seam = end, -1
    j = end - 1
    while j >= floor:
        word = lower[j]
        if words[j] == ")":
            opening = next((m for m in range(j - 1, max(floor, j - 9) - 1, -1) if words[m] == "("), -1)
            if opening < 0:
                break
            j = start = opening
        elif not is_word(words[j]) and word not in ("'s", "’s", "&", "$", "%", "/"):
            break
        elif word in RELATIVES and word != "that" and j > floor and j + 1 < end:
            # "people who attended the rally": the antecedent belongs to the subject
            start = j
        elif word in SUBORDINATORS and word not in PREPOSITIONS:
            break
        elif word in CONJUNCTIONS:
            if word != "and" or j == floor or not is_word(words[j - 1]):
                break
            seam = j + 1
        elif word in PREPOSITIONS:
            if j == floor or not is_word(words[j - 1]) or lower[j - 1] in CONJUNCTIONS or lower[j - 1] in SUBORDINATORS:
                return _after_adverbial(words, lower, j, end)
            if word in ("as", "than", "after", "before", "since", "during", "until", "despite"):
                break
            if word == "by" and lower[j - 1].endswith("ed"):
                j = start = j - 1
            elif is_finite(words, lower, j - 1) and lower[j - 1] not in ("'s", "’s"):
                relative = _relative_before(lower, j - 1, floor)
                if relative < 0 and not _reduced(words, lower, j - 1, floor):
                    break
                start = j - 1
                if relative >= 0:
                    j = start = relative
        elif is_finite(words, lower, j) and word not in ("'s", "’s"):
            relative = _relative_before(lower, j, floor)
            if relative < 0:
                break
            j = start = relative
        elif word in SUBJECT_PRONOUNS and word != "who":
            break
        else:
            start = j
        j -= 1
    if j >= floor and seam > start and is_finite(words, lower, j):
        start = seam
    while start < end - 1 and (is_adverb(lower[start]) or lower[start] in CONJUNCTIONS) and lower[start] not in DETERMINERS:
        start += 1
    if start < end and lower[start] in PREPOSITIONS:
        return end
    return start


def _inside(lower: Sequence[str], i: int, floor: int) -> bool:
    return i > floor and (lower[i - 1] in PREPOSITIONS or lower[i - 1] in DETERMINERS or lower[i - 1] in ("'s", "’s"))


def _relative_before(lower: Sequence[str], j: int, floor: int) -> int:
    """Return the relative pronoun that the verb at token j belongs to, skipping adverbs and auxiliaries, or -1."""
    k = j - 1
    while k > floor and (is_adverb(lower[k]) or lower[k] in AUXILIARIES):
        k -= 1
    return k if k > floor and lower[k] in ("who", "which", "that") else -1


def _reduced(words: Sequence[str], lower: Sequence[str], j: int, floor: int) -> bool:
    """Tell whether the participle at token j is a reduced relative clause ("officials briefed on the matter")."""
    return lower[j].endswith("ed") and j > floor and lower[j - 1].endswith("s") and j - floor <= 3


def _after_adverbial(words: Sequence[str], lower: Sequence[str], preposition: int, end: int) -> int:
    """Split "On Tuesday Mr. X said" behind the adverbial: the subject starts at the last article or capital run."""
    for k in range(end - 1, preposition, -1):
        if lower[k] in TIMES and k < end - 1:
            return k + 1
        if lower[k] in DETERMINERS and k > preposition + 1 and lower[k - 1] not in PREPOSITIONS:
            return k
        if lower[k] in NP_PREPOSITIONS:
            return _after_adverbial(words, lower, preposition, k) if k > preposition + 1 and lower[k] == "of" else end
    k = end - 1
    while k > preposition + 1 and is_capital(words[k - 1]):
        k -= 1
    return k if k > preposition + 1 and is_capital(words[k]) else end


def _before_apposition(words: Sequence[str], lower: Sequence[str], comma: int, floor: int) -> int:
    """Find the subject before an apposition or aside that closes with the comma at token ``comma``.

    Of the stretches between commas, the first that is a bare noun phrase is the subject's head.
    """
    first = floor
    for k in range(floor, comma):
        if words[k] in _HARD_BREAKS:
            first = k + 1
        elif words[k] == ",":
            start = first
            while start < k and (is_adverb(lower[start]) or lower[start] in CONJUNCTIONS):
                start += 1
            if start < k and _is_bare_phrase(words, lower, start, k):
                return start
            first = k + 1
    return comma + 1


_HARD_BREAKS = frozenset(";:—–-”“\"") | {"''", "--"}


def _is_bare_phrase(words: Sequence[str], lower: Sequence[str], start: int, stop: int) -> bool:
    """Tell whether a stretch is a noun phrase without a verb and not an adverbial."""
    if lower[start] in PREPOSITIONS or lower[start] in SUBORDINATORS or lower[start].endswith(("ing", "ed")):
        return False
    if lower[start] in TIMES or (stop - start > 1 and lower[start] in TIME_LEADS and lower[start + 1] in TIMES):
        return False
    return not any(is_finite(words, lower, k) for k in range(start, stop) if lower[k] not in ("'s", "’s"))


def first_subject(words: Sequence[str], lower: Sequence[str], start: int, stop: int) -> tuple[int, int]:
    """Return the subject of the first clause in ``start:stop``, (stop, stop) where there is none."""
    for i in range(start, min(stop, start + 45)):
        if is_finite(words, lower, i):
            k = i
            while k > start and (is_adverb(lower[k - 1]) or lower[k - 1] in AUXILIARIES):
                k -= 1
            first = subject(words, lower, k, start)
            if first < k:
                return first, k
    return stop, stop


def apposition(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> int:
    """Return the end of appositions and relative clauses that start with the comma at token i (i where none do)."""
    while i + 1 < stop and words[i] == ",":
        lead = lower[i + 1]
        if not (lead in _APPOSITION_LEADS or words[i + 1][0].isdigit() or is_capital(words[i + 1])):
            if not (words[i + 1][0].islower() and lead not in PREPOSITIONS and not lead.endswith("ing")):
                return i
            if is_adverb(lead) or lead in CONJUNCTIONS or lead in SUBORDINATORS or lead in SUBJECT_PRONOUNS:
                return i
        k = i + 1
        while k < stop and words[k] not in (",", ";", ":", "—", "–", "“", '"', "''"):
            k += 1
        i = k
    return i
