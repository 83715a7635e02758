"""The wheel carries its lexicons, templates and examples and works outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it beside nothing else, as an installation would."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    source = folder / "source"
    run("git", "clone", "-q", str(ROOT), str(source), cwd=folder) if (ROOT / ".git").exists() else None
    tree = source if source.exists() else ROOT
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder / "dist"), str(tree), cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    run(*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel), cwd=folder)
    return folder / "site"


def test_wheel_reports_an_article_outside_the_checkout(installed: Path, tmp_path: Path):
    article = tmp_path / "note.txt"
    article.write_text("Laut Polizei wurden zwei Boote gestohlen. Der Hafen ist gesperrt.", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(installed)}
    where = run(sys.executable, "-c", "import attribution; print(attribution.__file__)", cwd=tmp_path, env=env)
    assert where.stdout.startswith(str(installed))
    run(sys.executable, "-m", "attribution", "report", "note.txt", "-o", "out", cwd=tmp_path, env=env)
    record = json.loads((tmp_path / "out" / "note.json").read_text(encoding="utf-8"))
    assert record["statements"][0]["attribution"]["sources"][0]["name"]
    assert "<html" in (tmp_path / "out" / "note.html").read_text(encoding="utf-8")


def test_wheel_carries_its_data(installed: Path):
    carried = {str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()}
    for name in (
        "register.toml",
        "grade.toml",
        "py.typed",
        "examples/harbour.txt",
        "lang/de/cues.toml",
        "lang/en/hedges.toml",
    ):
        assert f"attribution/{name}" in carried
    assert any(name.startswith("attribution/report/templates/") for name in carried)
    assert not any(name.startswith("tests/") for name in carried)
