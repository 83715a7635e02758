"""The committed example report is what the program writes today, but for the time of writing."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from attribution.cli import app

ROOT = Path(__file__).parent.parent


def without_time(text: str, record: dict) -> str:
    return text.replace(record["provenance"]["created"], "")


def test_example_report_is_up_to_date(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, ["report", "attribution/examples/hafen.txt", "-o", str(tmp_path)])
    assert result.exit_code == 0, result.output
    committed = json.loads((ROOT / "reports" / "hafen.json").read_text(encoding="utf-8"))
    built = json.loads((tmp_path / "hafen.json").read_text(encoding="utf-8"))
    pages = [(ROOT / "reports" / "hafen.html"), (tmp_path / "hafen.html")]
    one, two = (without_time(p.read_text(encoding="utf-8"), r) for p, r in zip(pages, (committed, built), strict=True))
    assert one == two, "rebuild it: attribution report attribution/examples/hafen.txt -o reports"
    committed["provenance"].pop("created")
    built["provenance"].pop("created")
    assert committed == built
