"""The curated data set: one CSV file for each table of the model.

The files are the data; this module only says where they lie, wherever the package is installed.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["DATASETS", "seeds_folder"]

DATASETS = ("kizuna", "report-2017")
"""The data sets whose statements the files hold; every statement names its own."""


def seeds_folder() -> Traversable:
    """Return the folder of the CSV files.

    Returns
    -------
        The folder, which may lie inside an archive: read through it, do not build paths from it.

    Examples
    --------
    >>> seeds_folder().joinpath("layers.csv").is_file()
    True
    """
    return files(__name__)
