"""``python -m lstm_book.slides BUILT_BOOK REVEAL``: write the slides, say where they lie."""

import sys
from pathlib import Path

from lstm_book.slides import write

if __name__ == "__main__":
    try:
        for written in write(*map(Path, sys.argv[1:3])):
            print(f"file://{written.resolve()}")
    except FileNotFoundError as error:
        sys.exit(str(error))
