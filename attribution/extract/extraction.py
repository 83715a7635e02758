"""Choose how attributions are found: by the rules alone, or by trained models that judge and complete them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attribution.extract import extract, propose_by_rules
from attribution.extract.candidates import Candidate
from attribution.nlp import Document
from attribution.types import LANGUAGES, Lang

if TYPE_CHECKING:
    from attribution.extract.trained import Extractor

SHIPPED = Path(__file__).resolve().parent.parent / "models"
RULES = "rules"


class Extraction:
    """Find attributions with the models asked for; a language without one is read by the rules.

    ``models`` is a directory with a model (``model.json``) or with one per language in ``de/`` and ``en/``; None means
    the shipped ones. Models are loaded when their language first occurs, but a damaged one is refused at once.
    """

    def __init__(self, models: Path | None = None, *, rules_only: bool = False) -> None:
        self._folders = {} if rules_only else find_models(models)
        self._loaded: dict[Lang, Extractor] = {}

    def find(self, document: Document) -> list[Candidate]:
        """Return the attributions of a document as spans of tokens, in text order."""
        folder = self._folders.get(document.lang)
        if folder is None:
            return extract(document)
        return self._extractor(document.lang, folder).candidates(document, propose_by_rules(document))

    def names(self, lang: Lang) -> tuple[str, ...]:
        """Say what reads a language, for a record's provenance."""
        folder = self._folders.get(lang)
        if folder is None:
            return (RULES,)
        from attribution.extract.trained import digest

        return (RULES, f"extraction-{lang}:{digest(folder / 'model.json')[:12]}")

    def _extractor(self, lang: Lang, folder: Path) -> Extractor:
        if lang not in self._loaded:
            from attribution.extract.trained import Extractor

            self._loaded[lang] = Extractor.load(lang, folder)
        return self._loaded[lang]


def find_models(models: Path | None) -> dict[Lang, Path]:
    """Return the model folder of every language that has one, each checked.

    Raises:
        ConfigError: the directory given holds no model, or one that is damaged or of another version.
    """
    if models is None:
        return {lang: SHIPPED / lang for lang in LANGUAGES if (SHIPPED / lang / "model.json").is_file()}
    from attribution.errors import ConfigError
    from attribution.extract.trained import model_language, read_meta

    if (models / "model.json").is_file():
        lang = model_language(models)
        read_meta(models, lang)
        return {lang: models}
    found = {lang: models / lang for lang in LANGUAGES if (models / lang / "model.json").is_file()}
    if not found:
        raise ConfigError(
            f"--models {models}: no model there; give a directory with model.json, or with one in de/ or en/, or 'none'"
        )
    for lang, folder in found.items():
        read_meta(folder, lang)
    return found
