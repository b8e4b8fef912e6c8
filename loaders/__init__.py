"""From files to the graph: read, validate, build."""

from .load import load_folder, load_seeds, validate_folder
from .problems import Problem, ValidationError
from .read import RawTable, read_table
from .validate import validate_tables

__all__ = [
    "Problem",
    "RawTable",
    "ValidationError",
    "load_folder",
    "load_seeds",
    "read_table",
    "validate_folder",
    "validate_tables",
]
