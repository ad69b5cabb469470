"""Installs the tokenizer data that `pip install nltk` does not include: `python -m nutgraf.cli.nltk_data`.

The wheel of llama-index-core, pinned here, contains NLTK's `punkt_tab` and its stop words; package indexes can be reached
where NLTK's own server can't. The wheel is downloaded without its dependencies. Two folders are extracted from it into
`<sys.prefix>/nltk_data`, where NLTK looks by default, and the rest is deleted. If that fails, NLTK's own downloader is used.
"""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from nutgraf.summarizer.reading.nltk_data import FOLDERS, missing_folders

WHEEL = "llama-index-core==0.14.25"
WHEEL_SHA256 = "caa7d9c5ac9b13dc33400cf8d5e92e689b6d1e4497eb9bfa50d6f52ca2eb22a1"
WHEEL_FOLDER = "llama_index/core/_static/nltk_cache/"


def install(target: Path) -> None:
    """Installs the data into the folder `target`, from the package index or else with NLTK's downloader.

    Raises RuntimeError, whose message says what to do, if neither source answers.
    """
    try:
        _from_wheel(target)
    except (subprocess.CalledProcessError, OSError, zipfile.BadZipFile) as error:
        print(f"The data could not be installed from {WHEEL} ({error}); trying NLTK's downloader.", file=sys.stderr)
        _from_nltk(target)


def main(arguments: Sequence[str] = ()) -> int:
    """Installs the data unless it is installed already, and returns the exit status of the process.

    With the arguments `--fetch FOLDER` it only downloads the wheel into that folder.
    """
    if arguments:
        _download(Path(arguments[-1]))
        return 0
    if not missing_folders():
        print("NLTK data: already installed.")
        return 0
    target = Path(sys.prefix) / "nltk_data"
    print(f"NLTK data: installing into {target} …")
    try:
        install(target)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    print("NLTK data: installed.")
    return 0


def _from_wheel(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _download(Path(folder))
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                relative_name = name.removeprefix(WHEEL_FOLDER)
                if relative_name.startswith(FOLDERS) and not name.endswith("/"):
                    path = target / relative_name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(archive.read(name))


def _download(folder: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pin:
        pin.write(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n")
        pin.flush()
        arguments = [
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary=:all:",
            "--require-hashes",
        ]
        subprocess.run([sys.executable, "-m", "pip", *arguments, "-d", str(folder), "-r", pin.name], check=True)


def _from_nltk(target: Path) -> None:
    import nltk  # nutgraf.summarizer, imported above, has loaded it without scipy.stats

    for folder in FOLDERS:
        package = Path(folder).name
        if not nltk.download(package, download_dir=str(target), quiet=True):
            raise RuntimeError(
                f"NLTK's downloader could not download {package}. On a machine without internet access, copy the folder "
                f"nltk_data from another installation to {target}."
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
