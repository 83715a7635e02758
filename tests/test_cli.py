"""The command line: results on standard output, everything else on standard error, exit codes that mean something."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attribution import __version__
from attribution.cli import COMMANDS, app, options
from attribution.errors import InputError
from attribution.formats.native import to_record
from attribution.run import analyze_stream
from attribution.types import Article, Failure
from tests import results

ROOT = Path(__file__).parent.parent
BRIDGE = "The council said the bridge would reopen in June. Traders reportedly lost a third of their takings.\n"
DAMM = "Das Landesamt teilte mit, der Damm sei sicher. Der Pegel soll dennoch gesenkt werden.\n"


class StubAnalyzer:
    """Give the hand-made result for any article; fail where the text asks for it."""

    def analyze(self, article: Article):
        if "REFUSE" in article.text:
            raise InputError(f"article {article.id!r} is refused", "analyse")
        if "CRASH" in article.text:
            raise ZeroDivisionError("of a rule")
        made = results.german() if article.lang == "de" else results.english()
        return replace(made, article=replace(made.article, id=article.id, path=article.path))


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command inside an empty folder with the stub in place of the analyser."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(options, "make_analyzer", lambda settings, sources, models: StubAnalyzer())
    return lambda *args, **more: CliRunner().invoke(app, [str(arg) for arg in args], **more)


@pytest.fixture
def bridge(tmp_path):
    (tmp_path / "bridge.txt").write_text(BRIDGE, "utf-8")
    return "bridge.txt"


@pytest.fixture
def damm(tmp_path):
    (tmp_path / "damm.txt").write_text(DAMM, "utf-8")
    return "damm.txt"


def jsonl(path: Path, *rows: object) -> str:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return path.name


# --- report: formats -----------------------------------------------------------------------------------------------


def test_pipe_gets_one_record_a_line(run, bridge, damm):
    done = run("report", bridge, damm)
    assert done.exit_code == 0
    assert [json.loads(line)["article"]["id"] for line in done.stdout.splitlines()] == ["bridge", "damm"]
    assert done.stderr == ""


def test_json_of_one_file_is_one_object(run, bridge):
    done = run("report", bridge, "--format", "json")
    record = json.loads(done.stdout)
    assert record["schema"] == "attribution/1"
    assert record["article"]["id"] == "bridge"


def test_json_of_several_files_is_a_list(run, bridge, damm):
    assert [r["article"]["lang"] for r in json.loads(run("report", bridge, damm, "-f", "json").stdout)] == ["en", "de"]


def test_json_of_several_inputs_stays_a_list_when_one_fails(run, bridge):
    done = run("report", bridge, "none.txt", "-f", "json")
    assert done.exit_code == 1
    assert len(json.loads(done.stdout)) == 1


def test_json_of_a_folder_is_a_list_even_with_one_article(run, bridge, tmp_path):
    assert len(json.loads(run("report", tmp_path, "-f", "json").stdout)) == 1


def test_json_of_several_failures_is_an_empty_list(run):
    done = run("report", "none.txt", "nothing.txt", "-f", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (2, [])


def test_csv_has_one_header_for_all(run, bridge, damm):
    rows = list(csv.DictReader(io.StringIO(run("report", bridge, damm, "-f", "csv").stdout)))
    assert {row["article"] for row in rows} == {"bridge", "damm"}
    assert len(rows) == 12 + 5


def test_html_goes_to_standard_output(run, bridge):
    done = run("report", bridge, "-f", "html")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert done.stdout.rstrip().endswith("</html>")


def test_html_of_several_needs_a_folder(run, bridge, damm):
    done = run("report", bridge, damm, "-f", "html")
    assert done.exit_code == 2
    assert "-o DIR" in done.stderr
    assert done.stdout == ""


def test_markdown(run, bridge):
    assert run("report", bridge, "-f", "md").stdout.startswith("# Norhaven port")


@pytest.mark.parametrize("width", [80, 160])
def test_table_in_a_pipe_is_plain_and_as_wide_as_asked(run, bridge, width):
    done = run("report", bridge, "-f", "table", "--width", width)
    assert "\x1b" not in done.stdout
    assert 60 < max(map(len, done.stdout.splitlines())) <= width
    assert not [line for line in done.stdout.splitlines() if line != line.rstrip()]


def test_standard_input(run):
    done = run("report", "-", input=BRIDGE.encode())
    assert json.loads(done.stdout)["article"]["id"] == "stdin"


def test_language_is_handed_to_the_reader(run, tmp_path):
    (tmp_path / "short.txt").write_text("12 Tonnen.", "utf-8")
    assert json.loads(run("report", "short.txt", "--lang", "de").stdout)["article"]["lang"] == "de"


# --- report: files -------------------------------------------------------------------------------------------------


def test_output_folder_gets_page_and_record(run, bridge, tmp_path):
    done = run("report", bridge, "-o", "out/deep")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert sorted(p.name for p in (tmp_path / "out/deep").iterdir()) == ["bridge.html", "bridge.json"]
    record = json.loads((tmp_path / "out/deep/bridge.json").read_text("utf-8"))
    assert len(record["statements"]) == 12
    assert "bridge.html" in done.stderr
    assert "12 statements, 6 attributed" in done.stderr


@pytest.mark.parametrize(("given", "name"), [("csv", "bridge.csv"), ("md", "bridge.md"), ("table", "bridge.txt")])
def test_output_folder_takes_another_format(run, bridge, tmp_path, given, name):
    assert run("report", bridge, "-o", "out", "-f", given).exit_code == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == [name]


def test_output_that_is_a_file_is_refused_before_the_work(run, bridge, tmp_path):
    done = run("report", bridge, "-o", bridge)
    assert done.exit_code == 2
    assert done.stderr.startswith("error: -o bridge.txt: ")
    assert (tmp_path / bridge).read_text("utf-8") == BRIDGE


def test_articles_of_one_name_do_not_overwrite_each_other(run, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "story.txt").write_text(BRIDGE, "utf-8")
    assert run("report", "a", "b", "-o", "out", "-f", "json").exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


# --- report: what goes wrong ---------------------------------------------------------------------------------------


def test_missing_file_is_one_line_and_exit_2(run):
    done = run("report", "none.txt")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("error: none.txt")


def test_other_inputs_are_still_done_and_exit_1(run, bridge):
    done = run("report", "none.txt", bridge)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["article"]["id"] == "bridge"


@pytest.mark.parametrize(("word", "told"), [("REFUSE", "is refused"), ("CRASH", "ZeroDivisionError: of a rule")])
def test_article_that_cannot_be_analysed_stops_nothing(run, bridge, tmp_path, word, told):
    (tmp_path / "bad.txt").write_text(f"The mayor said {word} was a word that the council would not use.", "utf-8")
    done = run("report", "bad.txt", bridge)
    assert done.exit_code == 1
    assert told in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_file_names_cannot_write_to_the_terminal(run):
    done = run("report", "\x1b[31mred\nline.txt")
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_wrong_settings_are_one_line_and_exit_2(monkeypatch, tmp_path, bridge):
    monkeypatch.chdir(tmp_path)
    for option in ("--settings", "--sources"):
        done = CliRunner().invoke(app, ["report", bridge, option, "none.toml"])
        assert done.exit_code == 2
        assert done.stderr.startswith("error: ")
        assert "none.toml" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["report"], ["report", "x", "--format", "pdf"], ["report", "x", "--lang", "fr"], ["nonsense"], [],
                  ["report", "x", "--width", "3"], ["report", "x", "--nonsense"], ["extract"]]
)  # fmt: skip
def test_wrong_usage_is_exit_2(run, arguments):
    assert run(*arguments).exit_code == 2


def test_line_is_coloured_only_on_a_terminal(monkeypatch):
    from attribution.cli import messages

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def shown(terminal: bool, **environment: str) -> str:
        stream = Terminal() if terminal else io.StringIO()
        with monkeypatch.context() as patch:
            patch.delenv("NO_COLOR", raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stderr", stream)
            messages.complain("torn\nline")
        return stream.getvalue()

    assert "\x1b[" in shown(terminal=True)
    assert shown(terminal=True, NO_COLOR="1") == "error: torn line\n"
    assert shown(terminal=False) == "error: torn line\n"


# --- extract -------------------------------------------------------------------------------------------------------


def rows(*ids: str, text: str = BRIDGE, lang: str = "en") -> list[dict[str, str]]:
    return [{"id": id_, "lang": lang, "text": text} for id_ in ids]


def test_extract_writes_a_line_an_article(run, tmp_path):
    name = jsonl(tmp_path / "in.jsonl", *rows("a", "b"))
    done = run("extract", name, "-o", "out.jsonl")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "out.jsonl: 2 articles" in done.stderr
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert set(lines[0]) == {"id", "lang", "text", "attributions", "hedges", "statements"}


def test_extract_writes_failures_as_lines_in_their_place(run, tmp_path):
    bad = {"id": "b", "lang": "xx", "text": "y"}
    name = jsonl(tmp_path / "in.jsonl", *rows("a"), bad, "no json", *rows("c"), *rows("d", text="CRASH"))
    done = run("extract", name, "-o", "-")
    assert done.exit_code == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "in.jsonl:3", "c", "d"]
    assert ["failure" in line for line in lines] == [False, True, True, False, True]
    assert lines[1]["failure"]["stage"] == "language"
    assert len(done.stderr.splitlines()) == 3


def test_extract_reads_several_files_and_standard_input(run, tmp_path):
    names = [jsonl(tmp_path / f"{x}.jsonl", *rows(x)) for x in "ab"]
    done = run("extract", *names, "-", input=json.dumps(rows("c")[0]).encode())
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b", "c"]


def test_extract_refuses_to_write_over_its_input(run, tmp_path):
    name = jsonl(tmp_path / "in.jsonl", *rows("a"))
    before = (tmp_path / name).read_bytes()
    done = run("extract", name, "-o", f"./{name}")
    assert done.exit_code == 2
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("lines", [[], ["no json"], [{"id": "a", "lang": "en", "text": "CRASH"}]])
def test_extract_leaves_no_file_when_nothing_could_be_done(run, tmp_path, lines):
    name = jsonl(tmp_path / "in.jsonl", *lines)
    done = run("extract", name, "-o", "out.jsonl")
    assert done.exit_code == 2
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_extract_of_a_missing_file(run, tmp_path):
    done = run("extract", "none.jsonl", "-o", "out.jsonl")
    assert done.exit_code == 2
    assert done.stderr.startswith("error: none.jsonl: ")
    assert list(tmp_path.iterdir()) == []


def test_stream_hands_failures_of_the_reader_through():
    failure = Failure("x", "read", "torn")
    article = Article("a", BRIDGE, "en")
    made = list(analyze_stream([failure, article], StubAnalyzer()))
    assert made[0] is failure
    assert to_record(made[1])["article"]["id"] == "a"


def test_stream_holds_one_article_at_a_time():
    def articles():
        yield Article("a", BRIDGE, "en")
        raise AssertionError("the second article was asked for before the first was done")

    assert next(analyze_stream(articles(), StubAnalyzer())).article.id == "a"


# --- the program as it is started ----------------------------------------------------------------------------------


def start(*arguments: str, cwd: Path, **more) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "attribution", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, timeout=60, check=False, **more)


def test_version(tmp_path):
    done = start("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"attribution {__version__}\n".encode())


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_needs_nothing_heavy(command):
    code = (
        "import sys, runpy; sys.argv = ['attribution', *sys.argv[1:]]\n"
        "try: runpy.run_module('attribution', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pandas', 'matplotlib', 'sklearn', 'jinja2', 'rich', 'numpy', 'trafilatura', 'click'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    arguments = [command, "--help"] if command else ["--help"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.stdout.startswith(b"Usage: ")
    assert done.stderr.strip() == b"[]"


def test_help_names_every_command(tmp_path):
    shown = start("--help", cwd=tmp_path).stdout.decode()
    assert all(f"  {name} " in shown for name in COMMANDS)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="POSIX")
def test_help_costs_under_three_tenths_of_a_cpu_second(tmp_path):
    def cost() -> float:
        process = subprocess.Popen([sys.executable, "-m", "attribution", "--help"], cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return usage.ru_utime + usage.ru_stime

    # The best of three: the machine may be busy, the program never gets faster than it is.
    assert min(cost() for _ in range(3)) < 0.3


def test_report_of_a_real_article(tmp_path, bridge):
    done = start("report", bridge, "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    record = json.loads(done.stdout)
    assert record["text"].startswith("The council said")
    assert all(record["text"][s["start"] : s["end"]] == s["text"] for s in record["statements"])


def test_report_into_a_folder(tmp_path, bridge, damm):
    done = start("report", bridge, damm, "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "bridge.html", "bridge.json", "damm.html", "damm.json",
    ]  # fmt: skip


def test_reader_that_has_enough_is_no_error(tmp_path):
    jsonl(tmp_path / "in.jsonl", *rows(*map(str, range(400))))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "attribution", "extract", "in.jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_interrupt_is_quiet_and_leaves_nothing_behind(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "attribution", "extract", "-", "-o", "out.jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(json.dumps(rows("a")[0]).encode() + b"\n")
    process.stdin.flush()
    deadline = time.monotonic() + 30
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error == b""
    assert list(tmp_path.iterdir()) == []
