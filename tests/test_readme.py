"""The README cannot lie: its commands are run and print what it says, its Python is a doctest."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attribution.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def sessions() -> list[tuple[str, str]]:
    """Return every ``$ attribution …`` command with the output printed below it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for command, output in re.findall(r"^\$ (.*?)\n(.*?)(?=^\$ |\Z)", block, re.DOTALL | re.MULTILINE):
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), sessions(), ids=[c for c, _ in sessions()])
def test_command_prints_what_the_readme_shows(command: str, output: str, monkeypatch, tmp_path: Path):
    for name in ("attribution", "reports"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    assert program == "attribution"
    result = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(app, arguments)
    assert result.exit_code == 0, result.output
    shown = [line.rstrip() for line in result.output.splitlines()]
    assert [line.rstrip() for line in output.splitlines() if line.strip()] == [line for line in shown if line]


def test_there_are_sessions():
    assert len(sessions()) >= 2


def test_python_example_is_true():
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README", "README.md", 0)
    failures, tried = doctest.DocTestRunner().run(example)
    assert tried >= 4
    assert failures == 0


def test_the_two_commands_are_there():
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert "attribution report attribution/examples/harbour.txt -o reports" in commands[0]
    assert commands[1].endswith("-m pytest")
    assert "grep -m1 'pytest' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_register_size_is_as_stated():
    from attribution.sources import Register

    stated = int(re.search(r"register of (\d+)", README)[1])
    assert len(Register.load().entries) == stated
