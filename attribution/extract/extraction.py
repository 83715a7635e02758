"""Choose how attributions are found: by the rules alone, or by trained models that judge and complete them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attribution.errors import ConfigError
from attribution.extract import extract, propose_by_rules
from attribution.extract.candidates import Candidate
from attribution.nlp import Document
from attribution.types import LANGUAGES, Lang

if TYPE_CHECKING:
    from attribution.extract.trained import Extractor

SHIPPED = Path(__file__).resolve().parent.parent / "models"
RULES = "rules"


class Extraction:
    """Find attributions by the rules, or with the models of a folder; a language without one there is read by rules.

    ``models`` is a folder with one model per language in ``de/`` and ``en/`` (``SHIPPED`` is the package's own). It is
    checked at once; the weights of a language are loaded when its first article comes.
    """

    def __init__(self, models: Path | None = None) -> None:
        self._folders = find_models(models) if models else {}
        self._loaded: dict[Lang, Extractor] = {}

    def find(self, document: Document) -> list[Candidate]:
        """Return the attributions of a document as spans of tokens, in text order."""
        if document.lang not in self._folders:
            return extract(document)
        return self._extractor(document.lang).candidates(document, propose_by_rules(document))

    def names(self, lang: Lang) -> tuple[str, ...]:
        """Say what reads a language, for a record's provenance."""
        return (RULES, f"extraction-{lang}") if lang in self._folders else (RULES,)

    def _extractor(self, lang: Lang) -> Extractor:
        if lang not in self._loaded:
            from attribution.extract.trained import Extractor

            self._loaded[lang] = Extractor.load(lang, self._folders[lang])
        return self._loaded[lang]


def find_models(models: Path) -> dict[Lang, Path]:
    """Return the model folder of every language that has one.

    Raises:
        ConfigError: there is no model, or one that is damaged or of another version.
    """
    from attribution.extract.trained import META, read_meta

    found = {lang: models / lang for lang in LANGUAGES if (models / lang / META).is_file()}
    if not found:
        raise ConfigError(f"models {str(models)!r}: no model there; give a folder with {META} in de/ or en/, or 'none'")
    for lang, folder in found.items():
        read_meta(folder, lang)
    return found
