"""`python -m tests.fuzz TARGET --seconds N`: searches for inputs that crash a target or take more than 2 seconds.

atheris guides the search by code coverage. Install it by hand with `pip install atheris`: it is not available for every
platform. TARGET is one of NAMES, or `all`. An input that is found is written to a file, which the last line of output
names; `python -m tests.fuzz TARGET --again FILE` runs it, without atheris.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

NAMES = ("cleaning", "splitting", "reading", "grammar", "headlines", "grouping", "formats", "markup")
# CPU time, so that a busy machine is not reported as a hang; endless runs are stopped after this many seconds of wall time.
HANG_SECONDS = 2
NEVER_SECONDS = 60
LONGEST_BYTES = 4_096
FOUND = "found"


@click.command()
@click.argument("target", type=click.Choice([*NAMES, "all"]))
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(1), help="How long, for all together.")
@click.option("--again", type=click.Path(exists=True, path_type=Path), help="Run what was found once more.")
@click.option("--folder", type=click.Path(exists=True, path_type=Path), hidden=True, help="Of the process that fuzzes.")
def main(target: str, seconds: int, again: Path | None, folder: Path | None) -> None:
    """Fuzz a TARGET, or all of them, and say how many inputs were tried."""
    names = NAMES if target == "all" else (target,)
    if again:
        from tests.fuzz.targets import TARGETS

        for name in names:
            TARGETS[name](again.read_bytes())
    elif importlib.util.find_spec("atheris") is None:
        raise click.ClickException("atheris is not installed; run `pip install atheris`.")
    elif folder:
        _fuzz(target, seconds, folder)
    else:
        found = [name for name in names if not _report(name, max(1, seconds // len(names)))]
        sys.exit(bool(found))


def _report(target: str, seconds: int) -> bool:
    """Fuzzes in a child process, which libFuzzer ends, and reports the result."""
    folder = Path(tempfile.mkdtemp(prefix=f"nutgraf-fuzz-{target}-"))
    command = [sys.executable, "-m", "tests.fuzz", target, "--seconds", str(seconds), "--folder", str(folder)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = result.stdout.decode("utf-8", "replace")
    tried = re.search(r"Done (\d+) runs in (\d+) second", output) or re.search(r"executed_units: *(\d+)", output)
    how_many = f"{int(tried[1]):,} inputs" if tried else "stopped early"
    click.echo(f"{target}: {how_many}, {seconds} seconds")
    if result.returncode == 0 and tried:
        shutil.rmtree(folder)
        return True
    found = [file for pattern in (FOUND, "timeout-*", "oom-*", "crash-*") for file in folder.glob(pattern)]
    click.echo("\n".join(line for line in output.splitlines() if not line.startswith("INFO: Instr"))[-6_000:])
    click.echo(f"{target} failed on {found[0] if found else 'no input: see above'}")
    return False


def _fuzz(target: str, seconds: int, folder: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["nutgraf"]):
        from tests.fuzz import targets

    run = targets.TARGETS[target]

    def watched(content: bytes) -> None:
        began = time.process_time()
        try:
            run(content)
            took = time.process_time() - began
            assert took <= HANG_SECONDS, f"It took {took:.1f} seconds."
        except BaseException:
            (folder / FOUND).write_bytes(content)
            raise

    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(targets.seeds(target)):
        run(seed)  # a warm-up, so that loading data is not reported as a hang
        (corpus / str(number)).write_bytes(seed)
    entries = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in targets.words())
    (folder / "words").write_text("".join(f'"{entry}"\n' for entry in entries), encoding="utf-8")
    bounds = [f"-max_total_time={seconds}", f"-timeout={NEVER_SECONDS}", f"-max_len={LONGEST_BYTES}", "-rss_limit_mb=4096"]
    files = [f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/", str(corpus)]
    atheris.Setup([sys.argv[0], *bounds, "-print_final_stats=1", *files], watched)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
