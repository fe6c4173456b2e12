"""Whether the hashed locks in `requirements/` are in step with pyproject.toml. Needs no network."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<marker>\s*;[^\\]+)?\s*\\?")
_HASH = re.compile(r"\s+--hash=sha256:[0-9a-f]{64}\b")
_HOST = re.compile(r"://|--(extra-)?index-url|--find-links|--trusted-host")


@dataclass
class Pin:
    """One pinned version; universal locks may hold several of a name, by marker."""

    name: str
    version: str
    hashes: int = 0
    asked_for: list[str] = field(default_factory=list)

    @property
    def direct(self) -> bool:
        """Whether pyproject.toml itself asks for it."""
        return any(one.startswith("liuhen (") for one in self.asked_for)


def read(text: str) -> list[Pin]:
    """The pins of a lock."""
    pins: list[Pin] = []
    for line in text.splitlines():
        if found := _PIN.match(line):
            pins.append(Pin(canonicalize_name(found["name"]), found["version"]))
        elif pins and _HASH.match(line):
            pins[-1].hashes += 1
        elif pins and line.lstrip().startswith("#"):
            pins[-1].asked_for.append(line.strip().removeprefix("#").strip().removeprefix("via").strip())
    return pins


def findings(root: Path = ROOT) -> list[str]:
    """What is out of step, a Chinese sentence each."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    runtime, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    texts = {name: (root / "requirements" / f"{name}.txt").read_text() for name in ("runtime", "dev")}
    found = [
        f"requirements/{name}.txt 含有主机名或索引地址" for name, text in texts.items() if _HOST.search(text)
    ]
    pins = {name: read(text) for name, text in texts.items()}
    found += _compare("runtime", runtime, pins["runtime"]) + _compare("dev", [*runtime, *dev], pins["dev"])
    known = {(pin.name, pin.version) for pin in pins["dev"]}
    for pin in pins["runtime"]:
        if (pin.name, pin.version) not in known:
            found.append(f"{pin.name} {pin.version} 在 runtime.txt 与 dev.txt 里不是同一版本")
    return [f"{one}：请运行 make lock" for one in found]


def _compare(lock: str, asked: Iterable[str], pins: list[Pin]) -> list[str]:
    """What one lock lacks, what it holds in vain, and what has no digest."""
    requirements = [Requirement(line) for line in asked]
    found = [f"{lock}.txt 的 {pin.name} 没有摘要" for pin in pins if not pin.hashes]
    for requirement in requirements:
        name = canonicalize_name(requirement.name)
        versions = [pin.version for pin in pins if pin.name == name]
        if not any(requirement.specifier.contains(version, prereleases=True) for version in versions):
            found.append(f"{lock}.txt 没有满足 {requirement} 的版本")
    names = {canonicalize_name(requirement.name) for requirement in requirements}
    found += [f"{lock}.txt 的 {pin.name} 已无人需要" for pin in pins if pin.direct and pin.name not in names]
    return found
