"""What is installed: all of Kizuna, nothing generic, with versions that were tested."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from scripts.check_wheel import list_faults

_FILES = {
    "kizuna/__init__.py": "kizuna/__init__.py",
    "kizuna/answers/tables.py": "kizuna/answers/tables.py",
    "kizuna/commands/gaps.py": "kizuna/commands/gaps.py",
    "kizuna/py.typed": "kizuna/py.typed",
    "kizuna/locale/page.toml": "kizuna/locale/page.toml",
    "graph/model.py": "kizuna/graph/model.py",
    "graph/stores/values.py": "kizuna/graph/stores/values.py",
    "loaders/read.py": "kizuna/loaders/read.py",
    "queries/gaps.py": "kizuna/queries/gaps.py",
    "queries/cypher/counts.cypher": "kizuna/queries/cypher/counts.cypher",
    "seeds/__init__.py": "kizuna/seeds/__init__.py",
    "seeds/vendors.csv": "kizuna/seeds/vendors.csv",
    "seeds/datapackage.json": "kizuna/seeds/datapackage.json",
    "viz/page.py": "kizuna/viz/page.py",
    "viz/templates/page.html": "kizuna/viz/templates/page.html",
    "viz/vendor/vis.js": "kizuna/viz/vendor/vis.js",
}
_LICENCES = ("kizuna-1.dist-info/licenses/LICENSE", "kizuna-1.dist-info/licenses/THIRD_PARTY.md")


def _make_wheel(folder: Path, *, without: str = "", also: str = "") -> tuple[Path, Path]:
    """Make a checkout of one file of each kind, and a wheel of it that lacks or holds a file too many."""
    checkout = folder / "checkout"
    for source in _FILES:
        file = checkout / source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    wheel = folder / "kizuna-1-py3-none-any.whl"
    names = {*_FILES.values(), *_LICENCES, "kizuna-1.dist-info/METADATA", also} - {"", without}
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in sorted(names):
            archive.writestr(name, "x")
    return wheel, checkout


def test_a_whole_wheel_has_no_faults(tmp_path: Path) -> None:
    """A wheel with every file of the checkout, and only those, passes."""
    assert list_faults(*_make_wheel(tmp_path)) == []


@pytest.mark.parametrize("name", [*_FILES.values()])
def test_a_wheel_that_lacks_a_file_is_refused(tmp_path: Path, name: str) -> None:
    """Code, data, messages, templates and the marker of types are each missed by name."""
    assert list_faults(*_make_wheel(tmp_path, without=name)) == [f"lacks {name}"]


@pytest.mark.parametrize("name", _LICENCES)
def test_a_wheel_without_its_licences_is_refused(tmp_path: Path, name: str) -> None:
    """Both licence files are required of a wheel."""
    licence = name.removeprefix("kizuna-1.dist-info/")
    assert list_faults(*_make_wheel(tmp_path, without=name)) == [f"lacks {licence}, or it is empty"]


@pytest.mark.parametrize("name", ["kizuna/viz/page/src/main.js", "kizuna/graph/notes.txt"])
def test_a_wheel_with_sources_of_the_page_is_refused(tmp_path: Path, name: str) -> None:
    """What no user needs does not belong into a wheel."""
    assert list_faults(*_make_wheel(tmp_path, also=name)) == [f"holds what no user needs: {name}"]


def test_a_generic_name_is_refused(tmp_path: Path) -> None:
    """A wheel that would install ``graph`` beside every other package's is refused."""
    faults = list_faults(*_make_wheel(tmp_path, also="graph/model.py"))
    assert faults[0] == "installs a generic top-level name: graph"


def test_a_checkout_without_data_is_noticed(tmp_path: Path) -> None:
    """An empty wheel of an empty checkout is no success."""
    wheel, checkout = _make_wheel(tmp_path)
    shutil.rmtree(checkout / "seeds")
    assert "the checkout has no seeds/*.csv" in list_faults(wheel, checkout)


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("kizuna", "py.typed"),
        ("kizuna.seeds", "datapackage.json"),
        ("kizuna.seeds", "vendors.csv"),
        ("kizuna.viz", "templates"),
        ("kizuna.viz", "vendor"),
    ],
)
def test_data_is_found_where_it_is_installed(package: str, name: str) -> None:
    """Data and templates are reached through the package, wherever it lies."""
    found = resources.files(package) / name
    assert found.is_file() or found.is_dir()


@pytest.fixture(scope="module")
def installed() -> importlib.metadata.Distribution:
    """Return the installed distribution."""
    try:
        return importlib.metadata.distribution("kizuna")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("kizuna is not installed, only importable from this folder")


def test_the_version_is_the_projects(installed: importlib.metadata.Distribution, root: Path) -> None:
    """What is installed is the version that pyproject.toml declares."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert installed.version == project["version"]


def test_the_command_is_installed(installed: importlib.metadata.Distribution) -> None:
    """Installing Kizuna installs one command of its name."""
    scripts = [(e.name, e.value) for e in installed.entry_points if e.group == "console_scripts"]
    assert scripts == [("kizuna", "kizuna.cli:main")]


def _pins(root: Path) -> Iterator[tuple[str, str]]:
    for line in (root / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            match = re.fullmatch(r"([a-z0-9][a-z0-9-]*)(==[0-9][0-9a-z.+]*|>=[0-9][0-9a-z.]*,<[0-9.]+)", line)
            assert match is not None, line
            yield match[1], match[2]


@pytest.mark.checkout
def test_constraints_are_names_and_versions(root: Path) -> None:
    """Every line pins one package, to a version or a range, by its canonical name, sorted, once."""
    names = [name for name, _ in _pins(root)]
    assert names == sorted({str(canonicalize_name(name)) for name in names})


@pytest.mark.checkout
def test_constraints_lie_within_the_declared_ranges(root: Path) -> None:
    """Every dependency is pinned, to a version that its range in pyproject.toml allows, or to that range."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    pins = dict(_pins(root))
    for requirement in map(Requirement, [*project["dependencies"], *extras]):
        pin = pins[canonicalize_name(requirement.name)]
        if pin.startswith("=="):
            assert pin[2:] in requirement.specifier, requirement
        else:
            assert SpecifierSet(pin) == requirement.specifier, requirement


@pytest.mark.checkout
def test_what_is_imported_is_declared_and_the_other_way_round(root: Path) -> None:
    """Kizuna imports exactly the packages that it declares, none that another one happens to bring along."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    imported = {"arcadedb"}  # by its name, in a process of its own
    for part in ("kizuna", "graph", "loaders", "queries", "seeds", "viz"):
        for file in (root / part).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    imported.add(node.module.partition(".")[0])
    packages = importlib.metadata.packages_distributions()
    foreign = imported - sys.stdlib_module_names - {"kizuna"}
    assert {canonicalize_name(packages[name][0]) for name in foreign} == declared


def _copy_without_links(root: Path, folder: Path) -> Path:
    """Copy the checkout as git lays it down where links are not supported: each a file of its target."""
    for name in ("graph", "loaders", "queries", "seeds", "viz", "kizuna"):
        shutil.copytree(
            root / name,
            folder / name,
            symlinks=True,
            ignore=shutil.ignore_patterns("node_modules", "__pycache__", "*.egg-info"),
        )
    for name in ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "THIRD_PARTY.md"):
        shutil.copy(root / name, folder / name)
    for link in (folder / "kizuna").iterdir():
        if link.is_symlink():
            target = link.readlink().as_posix()
            link.unlink()
            link.write_text(target, encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.checkout
def test_a_wheel_is_whole_without_links(root: Path, tmp_path: Path) -> None:
    """On a machine where git makes no links the wheel holds the same files."""
    copy = _copy_without_links(root, tmp_path)
    subprocess.run([sys.executable, "-m", "build", "--outdir", "made", "."], cwd=copy, check=True)
    (wheel,) = (copy / "made").glob("*.whl")
    assert list_faults(wheel, root) == []


@pytest.mark.slow
@pytest.mark.checkout
def test_an_editable_install_works_without_links(root: Path, tmp_path: Path) -> None:
    """On a machine where git makes no links an editable install takes the parts from their folders."""
    copy = _copy_without_links(root, tmp_path)
    subprocess.run([sys.executable, "-m", "venv", "venv"], cwd=copy, check=True)
    python = next((copy / "venv").glob("[bS]*/python*"))
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "-e", "."], cwd=copy, check=True)
    # What Kizuna depends on comes from here, behind what the new environment has itself.
    (site,) = (copy / "venv").rglob("site-packages")
    packages = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(packages), encoding="utf-8")
    shown = subprocess.run(
        [python, "-c", "import kizuna.graph.model as m; print(m.__file__)"],
        cwd=copy / "graph",
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert Path(shown.stdout.strip()).resolve() == (copy / "graph" / "model.py").resolve()
