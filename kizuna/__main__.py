"""``python -m kizuna`` is the command ``kizuna``."""

import sys

from kizuna.cli import main

if __name__ == "__main__":
    sys.exit(main())
