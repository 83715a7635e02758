"""German grammar on word lists: noun phrases, finite verbs, mood and clause types, without a tagger.

German capitalises nouns, puts the finite verb second in main clauses and last in subordinate ones, and marks reported
speech by the Konjunktiv; these three facts carry most of what a parser would be asked for here. All functions take
``words`` and their lower-case forms ``lower`` and work on token indexes.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.lang import read_lexicon


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = _set("der die das den dem des ein eine einen einem einer eines")
DETERMINERS = ARTICLES | _set(
    "dieser diese dieses diesen diesem jener jene jenes jenen jenem jeder jede jedes jeden jedem kein keine keinen keinem"
    " keiner keines mein meine meinen meinem meiner meines sein seine seinen seinem seiner seines ihr ihre ihren ihrem"
    " ihrer ihres unser unsere unseren unserem unserer unseres euer eure mehrere mehreren mehrerer einige einigen einiger"
    " viele vielen vieler manche manchen mancher alle allen aller beide beiden beider zahlreiche zahlreichen zahlreicher"
    " etliche etlichen wenige wenigen weniger andere anderen anderer weitere weiteren weiterer zwei drei vier fünf sechs"
    " sieben acht neun zehn elf zwölf welche welcher solche solcher sämtliche deren dessen"
)
GENITIVE = _set(
    "des der eines einer dieses dieser jenes jener seines seiner ihres ihrer unseres unserer deren dessen mehrerer"
    " einiger vieler zweier dreier beider aller"
)
PERSONAL = _set("er sie es ich wir man ihr du jener dieser diese beide letzterer letztere")
OBLIQUE = _set("ihm ihn ihnen ihr sich mir mich uns euch dem den dies das dazu davon darüber dagegen dafür es ihm")
PREPOSITIONS = _set(
    "in im an am auf aus bei beim mit nach von vom zu zum zur für gegen über unter um vor seit durch ohne während wegen"
    " trotz gegenüber zwischen hinter neben bis ab laut gemäß zufolge angesichts aufgrund anlässlich außer entlang"
    " infolge innerhalb außerhalb mithilfe mittels statt anstatt seitens hinsichtlich bezüglich entgegen dank nahe samt"
    " binnen ins ans aufs fürs ums übers unters vors hinsichtlich rund"
)
NP_PREPOSITIONS = _set("von vom für aus bei beim beim im in zur zum gegen über mit am an auf")
CONJUNCTIONS = _set("und oder aber doch denn sondern sowie jedoch")
SUBORDINATORS = _set(
    "dass daß ob weil da wenn als nachdem bevor ehe obwohl obgleich während indem sodass damit falls sofern solange"
    " sobald seit bis wobei womit wodurch weshalb worauf woraufhin wonach worin wozu wofür wogegen was wie wer wo wohin"
    " warum wieso wann inwieweit inwiefern welche welcher welches welchen welchem"
)
QUESTION_WORDS = _set(
    "ob was wie wer wen wem wessen wo wohin woher warum wieso weshalb wann welche welcher welches welchen welchem"
    " inwieweit inwiefern wieviel worin wozu wofür wogegen womit wodurch worauf"
)
RELATIVES = _set("der die das den dem dessen deren denen welcher welche welches welchen welchem wer was")
FOCUS = _set(
    "auch und aber doch denn sogar selbst nur allein zudem außerdem jedoch dagegen hingegen schließlich indes ebenso"
    " zunächst zuvor allerdings unterdessen gleichzeitig dennoch inzwischen ferner weiter daraufhin nun"
)
ADVERBS = _set(
    "heute gestern morgen nun jetzt dann damals zuvor danach später bereits schon noch nicht auch jedoch aber allerdings"
    " zudem außerdem ferner weiter weiterhin erneut wieder bislang bisher zunächst anschließend schließlich indes"
    " inzwischen mittlerweile unterdessen dabei dazu dafür dagegen daran darauf daraufhin darin darüber davon davor damit"
    " dadurch demnach deshalb daher hier dort so sehr wohl offenbar vermutlich wahrscheinlich möglicherweise nur etwa"
    " rund kürzlich jüngst vorerst zugleich gleichzeitig ebenfalls ebenso selbst sogar vielmehr dennoch trotzdem"
    " hingegen immer nie oft mehrfach mehrmals abschließend offiziell öffentlich wörtlich ausdrücklich deutlich scharf"
    " gegenüber hinzu bekannt ein an aus ab auf vor zu zurück fest mit hin hervor klar voraus nach montags weiter"
)
NOT_SUBJECT = (PREPOSITIONS | SUBORDINATORS | ADVERBS | _set("dem den ihm ihn ihnen sich mir mich uns dazu darüber")) - DETERMINERS - {"sie"}
HAVE = _set("habe hat haben hatte hatten hätte hätten habest")
BE = _set("ist sind war waren sei seien wäre wären bin bist")
BECOME = _set("wird werden wurde wurden werde würde würden worden geworden")
MODALS = _set(
    "kann können konnte konnten könne könnte könnten soll sollen sollte sollten solle will wollen wollte wollten wolle"
    " muss müssen musste mussten müsse müsste müssten darf dürfen durfte durften dürfe dürfte dürften mag mögen möge"
    " möchte möchten muß mußte"
)
AUXILIARIES = HAVE | BE | BECOME | MODALS
COMMON_FINITE = _set(
    "gibt gab geben gaben geht ging gehen gingen kommt kam kommen kamen steht stand stehen standen liegt lag liegen lagen"
    " bleibt blieb bleiben blieben hält hielt halten hielten lässt ließ lassen ließen sieht sah sehen sahen findet fand"
    " finden fanden nimmt nahm nehmen nahmen trifft traf treffen trafen zeigt zeigte führt führte stellt stellte"
    " macht machte machen machten leben lebt lebte starb starben stirbt fiel fielen fällt stieg stiegen steigt sank"
    " sanken sinkt begann begannen beginnt gewann gewannen gewinnt verlor verloren verliert zog zogen zieht trug trugen"
    " trägt schlug schlugen schlägt brach brachen bricht fuhr fuhren fährt flog flogen fliegt lief liefen läuft rief"
    " riefen ruft schloss schlossen schließt wuchs wuchsen wächst heißt hieß hießen heißen tritt trat traten bringt"
    " brachte brachten dürfte weiß wusste wussten will plant planen erhielt erhielten erhält bekam bekamen bekommt"
    " setzt setzte setzten handelt handelte besteht bestand bestehen bestanden entstand entstanden entsteht verließ"
    " verließen verlässt unterstützt rechnet rechnen ereignete gehört gehören gehörte gehörten"
    " befindet befanden befand erschien erschienen erscheint kostet kosteten zählt zählen versucht versuchen"
)

_KONJUNKTIV = read_lexicon("de", "konjunktiv.toml")
KONJUNKTIV_1 = frozenset(_KONJUNKTIV["kj1"])
KONJUNKTIV_2 = frozenset(_KONJUNKTIV["kj2"])


def is_nominal(word: str) -> bool:
    """Tell whether a word may be (part of) a noun or name: it starts with a capital, a digit or is a quoted name."""
    return word[0].isupper() or word[0].isdigit()


def is_adjective(word: str) -> bool:
    """Tell whether a lower-case word has an attributive ending ("ukrainische", "westlichen")."""
    return len(word) > 3 and word[0].islower() and word.endswith(("e", "en", "er", "es", "em"))


def is_finite(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> bool:
    """Guess whether token i is a finite verb: closed classes first, then a verbal ending not before a noun."""
    word = lower[i]
    if word in AUXILIARIES or word in COMMON_FINITE:
        return True
    if not words[i][0].islower() or word in ADVERBS or word in PREPOSITIONS or word in DETERMINERS:
        return False
    if word in KONJUNKTIV_1 or word in KONJUNKTIV_2:
        return i + 1 >= stop or not is_nominal(words[i + 1]) or word not in ("eine", "reiche")
    if "zu" in word[2:-3] and word.endswith("en"):  # "einzuhalten"
        return False
    if word.endswith(("te", "ten", "tet")) and len(word) > 4:
        return i + 1 >= stop or not is_nominal(words[i + 1]) or lower[i - 1] not in DETERMINERS
    return word.endswith("t") and len(word) > 3 and not word.startswith("ge") and not word.endswith(("heit", "keit", "haft"))


def noun_phrase(words: Sequence[str], lower: Sequence[str], i: int, stop: int, depth: int = 0) -> int:
    """Return the end of the noun phrase that starts at token i (i itself where none starts).

    Determiners, adjectives, nouns and names, a bracketed age or acronym, genitive attributes and phrases with *von*
    and the like are taken in, so that "der Sprecher der Polizei von Bremen" is one phrase.
    """
    if i >= stop:
        return i
    if lower[i] in PERSONAL and not (i + 1 < stop and (is_nominal(words[i + 1]) or is_adjective(words[i + 1]))):
        return i + 1
    j = _prenominal(words, lower, i, stop)
    k = _nominal_head(words, lower, j, stop)
    if k == j:
        return j if j > i and lower[j - 1] in _STANDALONE else i
    return _attributes(words, lower, k, stop, depth)


_STANDALONE = _set("viele einige manche mehrere alle beide andere wenige denen dem der die")
_NUMERALS = _set("rund etwa knapp mehr als fast über mindestens bis zu")
_OPENERS = _set("„ “ \" » « ‚ ‘ › ‹ ” '")


def _prenominal(words: Sequence[str], lower: Sequence[str], i: int, stop: int) -> int:
    """Skip determiners and adjectives, as long as a noun follows in reach."""
    j = i
    while j < stop and j - i < 8:
        word = lower[j]
        if word in DETERMINERS or word in _OPENERS:
            j += 1
        elif words[j][0].islower() and (is_adjective(words[j]) or word in ("us-amerikanische",)) and _noun_ahead(words, lower, j, stop):
            j += 1
        elif j > i and words[j][0].islower() and word in ADVERBS and j + 1 < stop and is_adjective(words[j + 1]) and _noun_ahead(words, lower, j + 1, stop):
            j += 1
        else:
            break
    return j


def _noun_ahead(words: Sequence[str], lower: Sequence[str], j: int, stop: int) -> bool:
    """Tell whether only adjectives stand between token j and a noun."""
    if lower[j] in AUXILIARIES or lower[j] in COMMON_FINITE or lower[j] in PREPOSITIONS:
        return False
    for k in range(j + 1, min(stop, j + 5)):
        if is_nominal(words[k]) or words[k] in _OPENERS:
            return True
        if lower[k] in ARTICLES and lower[k - 1] == "und":  # "die ukrainische und die US-Regierung"
            continue
        if not (is_adjective(words[k]) or lower[k] in ("und", ",", "oder")) or lower[k] in PREPOSITIONS or lower[k] in ARTICLES:
            return False
    return False


def _nominal_head(words: Sequence[str], lower: Sequence[str], j: int, stop: int) -> int:
    """Take the run of nouns, names, name particles, quoted names and brackets that starts at token j."""
    k = j
    while k < stop:
        word = words[k]
        if is_nominal(word) and word[0] not in "":
            k += 1
        elif word in _OPENERS:
            close = next((m for m in range(k + 1, min(stop, k + 8)) if words[m] in _OPENERS), -1)
            if close < 0 and k == j:
                break
            k = close + 1 if close > 0 else k + 1
        elif k > j and lower[k] in ("von", "van", "de", "al", "bin", "zu", "el", "da", "di") and k + 1 < stop and is_nominal(words[k + 1]) and lower[k] != "zu" and words[k - 1][0].isupper() and lower[k] != "von":
            k += 2
        elif k > j and word == "(":
            close = next((m for m in range(k + 1, min(stop, k + 8)) if words[m] == ")"), -1)
            if close < 0:
                break
            k = close + 1
        elif k > j and word == "/":
            k += 1
        else:
            break
    return k


def _attributes(words: Sequence[str], lower: Sequence[str], k: int, stop: int, depth: int) -> int:
    """Extend a noun phrase by genitive attributes, *von* phrases and coordinated noun phrases."""
    while k < stop and depth < 4:
        word = lower[k]
        if word in GENITIVE or word in ("von", "vom", "für", "beim", "bei"):
            start = k if word in GENITIVE else k + 1
            end = noun_phrase(words, lower, start, stop, depth + 1)
            if end == start or lower[end - 1] in PERSONAL:
                break
            k = end
        elif word in ("und", "sowie", "oder") and k + 1 < stop:
            end = noun_phrase(words, lower, k + 1, stop, depth + 1)
            if end == k + 1 or lower[k + 1] in PERSONAL:
                break
            k = end
        else:
            break
    return k


def has_clause(words: Sequence[str], lower: Sequence[str], first: int, last: int) -> bool:
    """Tell whether a stretch of words holds a finite verb."""
    return any(is_finite(words, lower, i, last) for i in range(first, last))
