"""Change and measure characters: the only module that does. Every offset refers to what ``normalise`` returns."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from attribution.errors import InputError
from attribution.types import LANGUAGES, Lang, Span

# --- bytes to characters -------------------------------------------------------------------------------------------

# One article may have this many characters (some 300,000 words, a few novels); above it memory would pass 400 MB.
MAX_CHARACTERS = 2_000_000

# UTF-32 stands before UTF-16: its little-endian mark begins with that of UTF-16.
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a file that was given the wrong name mostly is.
MAGIC = (
    (b"%PDF-", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", ".docx for a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ".docx after saving it as such"),
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"\x7fELF", "a program", ""),
    (b"\x1f\x8b", "a gzip archive", ""),
)
# Random or compressed bytes hold 11 % of these, running text none; 5 % lies clear of both and lets a short text with
# a stray control character pass.
CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")
MAX_CONTROL_SHARE = 0.05
SAMPLE_BYTES = 20_000
# Encodings that the articles of German and English archives come in; the first wins a draw. charset_normalizer was
# tried and dropped: held to the same list, it reads "Br\xfccken" in a cp1252 sentence as cp850 "Br³cken".
LEGACY = ("cp1252", "mac_roman", "cp850", "cp1251", "koi8_r")
# What only the right encoding gives: umlauts inside words, quotation marks and dashes at their edges, Russian letters.
EXPECTED = re.compile(
    "(?<=[A-Za-z])[äöüßéèáàçñ](?![A-Z])|[ÄÖÜäöüÉ](?=[a-z])|(?<!\\w)[„“”‚‘»«–—…]|[“”‘’»«–—…](?!\\w)|(?<=[a-z])’(?=[a-z])"
    "|[оеаинтсрвл]{2}"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold the characters of a file, the encoding they were read with, and what a user should know about it."""

    text: str
    encoding: str
    warning: str | None = None


def decode(data: bytes) -> str:
    """Turn the bytes of a text file into characters; raise InputError when they are no text."""
    return read_bytes(data).text


def read_bytes(data: bytes, declared: str | None = None) -> Decoded:
    """Decode by byte order mark, else as UTF-8, else as the declared encoding, else as a detected one."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _forgiving(data, encoding)
    if wide := _unmarked_utf16(data):
        return Decoded(data.decode(wide), wide, "read as UTF-16, though it does not begin with a byte order mark")
    _refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _without_utf8(data, declared)


def _forgiving(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        warning = (
            f"the file is broken {error.encoding} at byte {error.start}; what could not be read is shown as '\ufffd'"
        )
        return Decoded(data.decode(encoding, "replace"), encoding, warning)


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: Latin text has a zero in nearly every second byte, always on the same side."""
    sample = data[: SAMPLE_BYTES // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if not data or len(data) % 2 or max(even, odd) < 0.4 * len(sample) / 2 or min(even, odd) > 0.01 * len(sample):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding


def _refuse_binary(data: bytes) -> None:
    for magic, what, ending in MAGIC:
        if data.startswith(magic):
            hint = f"give it the ending {ending}" if ending else "give the article as text, HTML, PDF or DOCX"
            raise InputError(f"the content is {what}, not text; {hint}")
    controls = len(data) - len(data.translate(None, CONTROL_BYTES))
    if controls > MAX_CONTROL_SHARE * len(data) or (0 in data and not _is_utf8(data)):
        raise InputError(
            f"the content is binary data ({controls} control characters in {len(data)} bytes), not text; "
            "give the article as text, Markdown, HTML, PDF or DOCX"
        )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_STRAY_BYTES = re.compile("[\udc80-\udcff]+")
_WIDE = re.compile("[^\x00-\x7f\udc80-\udcff]")


def _without_utf8(data: bytes, declared: str | None) -> Decoded:
    """Decode what is not strict UTF-8: mostly good UTF-8 with broken places, or another encoding altogether."""
    escaped = data.decode("utf-8", "surrogateescape")
    broken = sum(len(match.group()) for match in _STRAY_BYTES.finditer(escaped))
    if _more_than(_WIDE, escaped, broken):
        text = _STRAY_BYTES.sub(_mend, escaped)
        return Decoded(
            text, "utf-8", f"the file is UTF-8 with {broken} broken bytes, which were read as best they could be"
        )
    encoding = _known_encoding(declared) or _detect_encoding(data)
    try:
        return Decoded(data.decode(encoding), encoding, f"the file is not UTF-8; it was read as {encoding}")
    except UnicodeDecodeError:
        warning = f"some characters could not be read as {encoding} and are shown as '\ufffd'"
        return Decoded(data.decode(encoding, "replace"), encoding, warning)


def _more_than(pattern: re.Pattern[str], text: str, limit: int) -> bool:
    return any(number >= limit for number, _ in enumerate(pattern.finditer(text)))


def _mend(match: re.Match[str]) -> str:
    """Read one stray byte as cp1252, which mixed pages contain; several in a row are a torn character."""
    stray = match.group()
    if len(stray) > 1 or match.end() == len(match.string):
        return "\ufffd"
    return bytes([ord(stray) - 0xDC00]).decode("cp1252", "replace")


def _known_encoding(declared: str | None) -> str | None:
    """Give the codec of a declared encoding; Latin-1 means cp1252, as in every browser, and UTF-8 was tried."""
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return None
    if name in ("utf-8", "utf-16", "utf-32"):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _detect_encoding(data: bytes) -> str:
    """Choose the encoding that makes the most sense of the surroundings of the first bytes beyond ASCII."""
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]", data)), 0)
    start = max(0, first - SAMPLE_BYTES // 2)
    sample = data[start : start + SAMPLE_BYTES]
    return max(LEGACY, key=lambda encoding: len(EXPECTED.findall(sample.decode(encoding, "replace"))))


# --- characters to the text that offsets refer to ------------------------------------------------------------------

# Spaces and line ends of other kinds, lone surrogates, and what is taken out: soft hyphens, zero-width, bidirectional
# and other control characters. One character class, because alternatives cost five times as much.
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_SPACES = frozenset("\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_LINE_ENDS = frozenset("\x0b\x0c\x85\u2028\u2029")
_JOINER = "\u200d"
_EMOJI = re.compile("[\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]")
_BLANK_LINES = re.compile("\n{3,}")


def normalise(raw: str) -> str:
    """Give the text that is analysed and printed back: NFC, plain spaces and newlines, nothing invisible.

    Trailing blanks go, at most one blank line in a row stays, and neither end has white space. Doing it twice changes
    nothing; the cost is linear in the length.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = _ODD.sub(_plain, text)
    # After the removals: an invisible character may have stood between a letter and its accent.
    text = unicodedata.normalize("NFC", text)
    if " \n" in text:
        *heads, last = text.split(" \n")
        text = "\n".join([head.rstrip(" ") for head in heads] + [last])
    return _BLANK_LINES.sub("\n\n", text).strip(" \n")


def _plain(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SPACES:
        return " "
    if char in _LINE_ENDS:
        return "\n"
    if char == _JOINER and _inside_emoji(match):
        return char
    return "\ufffd" if "\ud800" <= char <= "\udfff" else ""


def _inside_emoji(match: re.Match[str]) -> bool:
    """Tell whether a joiner holds two signs together, as in the emoji of a family."""
    text, start, end = match.string, match.start(), match.end()
    return bool(start and _EMOJI.match(text, start - 1) and _EMOJI.match(text, end))


_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")


def paragraphs(text: str) -> tuple[Span, ...]:
    """Find the paragraphs: every newline ends one; white space at their ends and empty lines belong to none."""
    return tuple(Span(*match.span()) for match in _PARAGRAPH.finditer(text))


# --- measures ------------------------------------------------------------------------------------------------------

# Counting in pieces keeps the memory of a 50 MB text at a few MB.
_PIECE = 1_000_000


def count_words(text: str) -> int:
    """Count the stretches between white space, as ``wc -w`` does."""
    starts = range(0, len(text), _PIECE)
    torn = sum(1 for at in starts if at and not text[at].isspace() and not text[at - 1].isspace())
    return sum(len(text[at : at + _PIECE].split()) for at in starts) - torn


def sha256(text: str) -> str:
    """Give the SHA-256 of the text's UTF-8 bytes in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- language ------------------------------------------------------------------------------------------------------

# The most frequent words of running text. A word may stand in several lists and then decides nothing between them.
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "de": "der die das den dem des ein eine einen einem einer eines und oder aber nicht ist sind war waren wird "
        "werden wurde wurden hat haben hatte hatten sei seien habe sich mit von vom zu zum zur im in an am auf aus "
        "bei beim für über unter nach vor durch gegen seit bis um als wie auch noch nur schon mehr dass daß wenn weil "
        "ob er sie es ich wir ihr ihre ihren ihrer sein seine seinen seiner dieser diese dieses man kann können soll "
        "sollen sollte will muss müssen sagte laut rund am so was wo wer uns ihm ihn ihnen doch dann hier sehr keine "
        "kein keinen zwischen während jedoch bereits erst etwa",
        "en": "the a an and or but not is are was were be been being has have had do does did will would can could "
        "may might shall should must of to in on at by for from with into over under after before about against "
        "between through during without as than that this these those which who whom what when where how why if he "
        "she it they we you i his her its their our your him them us there here no more most some any all also only "
        "said says up out new one so such because while",
        "fr": "le la les un une des du de et ou mais est sont était a ont avait que qui dans sur pour par avec sans "
        "au aux ce cette ces il elle ils elles on nous vous je se sa son ses leur leurs plus pas ne été être selon "
        "après dont où comme",
        "es": "el la los las un una unos de del y o pero no es son era fue ha han había que en por para con sin sobre "
        "al se su sus lo le les más como este esta según entre desde también ya está muy cuando ser",
        "it": "il lo la i gli le un una uno di del della dei delle dello degli e ed o ma non è sono era ha hanno che "
        "in nel nella per con su sul sulla al alla ai da dal dalla si suo sua più come anche questo questa secondo "
        "stato essere tra dopo",
        "pt": "o a os as um uma de do da dos das e ou mas não é são era foi tem que em no na nos nas por para com sem "
        "sobre ao à se seu sua mais como este esta segundo entre também já está ser pelo pela",
        "ro": "și să nu este sunt a fost au la de din cu pe în pentru că care mai ce un o unei unui ale al lui lor "
        "după prin către sau dar fi acest această către între",
        "nl": "de het een en of maar niet is zijn was waren wordt worden werd heeft hebben had van voor met op te in "
        "aan door uit bij naar over onder tegen om als dat die dit deze ook nog maar meer er hij zij ze ik we wij "
        "zich hun haar volgens kan zal geen wel dan toen tot tussen heel tijdens",
        "da": "den det de en et og eller men ikke er var har havde blev bliver at som der i på af til fra med for om "
        "efter ved over under mod sig han hun sin sit sine deres kan skal vil også mere ifølge siger sagde når hvor "
        "have være nogle",
        "no": "den det de en et ei og eller men ikke er var har hadde ble blir at som i på av til fra med for om "
        "etter ved over under mot seg han hun sin sitt sine deres kan skal vil også mer ifølge sier sa når hvor ha "
        "være noen",
        "sv": "den det de en ett och eller men inte är var har hade blev blir att som i på av till från med för om "
        "efter vid över under mot sig han hon sin sitt sina deras kan ska vill också mer enligt säger sade när där "
        "vara några",
        "pl": "i w we na z ze do nie jest są był była było się że to o od po dla przez za jak ale oraz przed przy "
        "który która które jego jej ich tym tego już tak czy co być może",
        "cs": "a v ve na z ze do ne je jsou byl byla bylo se že to o od po pro přes za jak ale před při který která "
        "které jeho její jejich tom toho už tak či co být může podle také si",
        "hr": "i u na iz do ne je su bio bila bilo se da to o od po za kao ali prije koji koja koje njegov njihov "
        "već tako ili što biti može prema također sa nije kako",
        "hu": "a az és vagy de nem van volt hogy egy is meg csak már ezt azt ez ami aki szerint után között mint "
        "még el ki be lesz voltak több",
        "fi": "ja tai mutta ei on ovat oli olivat se että joka jotka hän he tämä ovat kun myös mukaan jälkeen kuin "
        "niin jos vain sekä ollut sen",
        "tr": "ve veya ama bir bu şu o da de ile için gibi daha çok en olarak olan oldu olduğunu dedi göre sonra "
        "kadar ne mi değil var yok her ki tarafından",
    }.items()
}
NAMES = {
    "de": "German", "en": "English", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "ro": "Romanian", "nl": "Dutch", "da": "Danish", "no": "Norwegian", "sv": "Swedish", "pl": "Polish", "cs": "Czech",
    "hr": "Croatian", "hu": "Hungarian", "fi": "Finnish", "tr": "Turkish", "ru": "Russian", "uk": "Ukrainian",
    "el": "Greek", "ar": "Arabic", "he": "Hebrew", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hi": "Hindi",
    "th": "Thai", "ka": "Georgian", "hy": "Armenian",
}  # fmt: skip
# Scripts by the first word of a letter's Unicode name.
SCRIPTS = {
    "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "DEVANAGARI": "hi", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy", "CYRILLIC": "ru",
}  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
# The head of a text decides; 6,000 characters are about 900 words and 0.3 ms.
SAMPLE_CHARS = 6_000
# Running text in a listed language has 30 to 55 % of its words in the list, text in another one below 10 %. A text
# under LONG words, such as a heading, may have fewer.
MIN_SHARE = 0.12
LONG = 25
# Words with letters that the language does not have: rarely 10 % of a German or English text however many foreign
# names it has, 15 to 50 % in the languages that write them (spaCy's example sentences; 0.15 lost one German sentence
# in 5,700 with a French title in it, 0.2 none).
MAX_STRANGE = 0.2
_OTHER_LETTERS = {"de": re.compile("[^a-zäöüß]"), "en": re.compile("[^a-z]")}


def detect_language(text: str) -> Lang | None:
    """Tell whether a text is German or English; None when that cannot be told.

    Raises:
        InputError: The text is in another language, which the message names.
    """
    code = guess_language(text)
    if code is None:
        return None
    for lang in LANGUAGES:
        if code == lang:
            return lang
    raise InputError(
        f"the text looks like {NAMES[code]} ({code}); only German (de) and English (en) can be analysed; "
        "if it is one of these, say so with --lang",
        stage="language",
    )


def guess_language(text: str) -> str | None:
    """Guess the ISO 639-1 code of a text's language by its script and its function words; None when unsure."""
    sample = text[:SAMPLE_CHARS]
    words = _LETTERS.findall(sample.lower())
    if not words:
        return None
    return _by_script("".join(words)) or _by_words(words)


def _by_script(letters: str) -> str | None:
    foreign = [char for char in letters if char > "\u036f"]
    if len(foreign) < 0.4 * len(letters):
        return None
    counts = Counter(SCRIPTS.get(unicodedata.name(char, "?").split()[0].split("-")[0]) for char in foreign)
    code = counts.most_common(1)[0][0]
    if code == "zh" and counts["ja"]:
        return "ja"
    if code == "ru" and any(char in "іїєґ" for char in foreign):
        return "uk"
    return code


def _by_words(words: list[str]) -> str | None:
    counts = Counter(words)
    scores = {code: sum(n for word, n in counts.items() if word in known) for code, known in FUNCTION_WORDS.items()}
    for code, letters in _OTHER_LETTERS.items():
        if sum(n for word, n in counts.items() if letters.search(word)) > MAX_STRANGE * len(words):
            scores[code] = 0
    # German and English first among equals: a short heading should not be refused for one shared word.
    best, score = max(scores.items(), key=lambda item: item[1])
    if not score or (len(words) >= LONG and score < MIN_SHARE * len(words)):
        return None
    return best
