"""Models beside the rules: chosen by folder, checked before an article is read, absent by default."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attribution.analyzer import Analyzer
from attribution.cli import app
from attribution.errors import ConfigError
from attribution.extract.extraction import SHIPPED, Extraction

TEXT = {
    "de": "Laut Polizei wurden zwei Boote gestohlen. „Wir suchen noch“, sagte der Sprecher Kai Holm.",
    "en": 'According to police, two boats were stolen. "We are still looking," said the spokesman, Kai Holm.',
}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_shipped_models_find_marked_sources(lang):
    result = Analyzer(models=SHIPPED).analyze_text(TEXT[lang], lang=lang)
    names = {s.name for a in result.attributions for s in a.sources}
    assert any("Holm" in name for name in names)
    assert result.provenance.models == ("rules", f"extraction-{lang}")


def test_rules_alone_are_the_default():
    assert Analyzer().analyze_text(TEXT["de"]).provenance.models == ("rules",)


def test_language_without_a_model_is_read_by_the_rules(tmp_path: Path):
    shutil.copytree(SHIPPED / "de", tmp_path / "de")
    assert Extraction(tmp_path).names("en") == ("rules",)
    assert Extraction(tmp_path).names("de") == ("rules", "extraction-de")


@pytest.mark.parametrize("name", ["content.crf", "roles.crf", "rankers.npz", "model.json"])
def test_damaged_model_is_refused_before_any_article_is_read(tmp_path: Path, name):
    shutil.copytree(SHIPPED / "de", tmp_path / "de")
    path = tmp_path / "de" / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ConfigError, match="damaged"):
        Extraction(tmp_path)


def test_missing_model_is_refused_with_the_remedy(tmp_path: Path):
    with pytest.raises(ConfigError, match="no model there"):
        Extraction(tmp_path)
    result = CliRunner().invoke(app, ["report", "attribution/examples/hafen.txt", "--models", str(tmp_path)])
    assert result.exit_code == 2


def test_models_stay_small_and_carry_a_card():
    for lang in ("de", "en"):
        assert sum(path.stat().st_size for path in (SHIPPED / lang).iterdir()) < 12_000_000
        card = (SHIPPED / lang / "CARD.md").read_text(encoding="utf-8")
        for word in ("Licence", "Data", "Figures", "attribution train extraction"):
            assert word in card
