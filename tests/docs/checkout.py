"""A checkout of its own in which a page is followed step by step, as its reader would."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.docs.blocks import ROOT, Block, commands

_COPIED = ("liuhen", "tests", "tools", "pyproject.toml", "docs/reference")
_SHIM = '#!/bin/sh\nexec "{python}" -m liuhen.config "$@"\n'


@dataclass(frozen=True)
class Checkout:
    """A copy of the program, with `liuhen` and `pytest` on its path."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Checkout":
        """Copy what the pages work on."""
        for name in _COPIED:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)  # with what was compiled and parsed: minutes of all the pages
            else:
                shutil.copy(source, target)
        program = folder / "bin" / "liuhen"
        program.parent.mkdir()
        program.write_text(_SHIM.format(python=sys.executable))
        program.chmod(0o755)
        return cls(folder)

    def follow(self, found: list[Block]) -> list[str]:
        """Do what each block says; one line for everything that does not go as the page says."""
        wrong: list[str] = []
        for block in found:
            if path := block.words.get("file"):
                self._write(path, block.text)
            elif path := block.words.get("append"):
                self._write(path, (self.folder / path).read_text(encoding="utf-8") + block.text)
            elif path := block.words.get("change"):
                wrong += self._change(block, path)
            elif block.language == "console":
                wrong += self._console(block)
        return wrong

    def _write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def _change(self, block: Block, path: str) -> list[str]:
        lines = block.text.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " -")
        after = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " +")
        text = (self.folder / path).read_text(encoding="utf-8")
        if text.count(before) != 1:
            return [f"{block.name}: {path} holds these lines {text.count(before)} times, not once:\n{before}"]
        self._write(path, text.replace(before, after))
        return []

    def _console(self, block: Block) -> list[str]:
        wrong = []
        for command in commands(block):
            done = self.run(command.text)
            said = done.stdout + done.stderr
            if done.returncode != command.code or not command.pattern.fullmatch(said):
                expected = "\n".join(command.lines)
                wrong.append(
                    f"{block.name}: {command.text}\n-- the page ({command.code}):\n{expected}\n"
                    f"-- the program ({done.returncode}):\n{said}"
                )
        return wrong

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """One line of a shell in this checkout."""
        path = os.pathsep.join(
            [str(self.folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        )
        left_out = ("DJANGO_SETTINGS_MODULE", "LIUHEN_HOME", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS")
        own = {name: value for name, value in os.environ.items() if name not in left_out}
        own |= {"PATH": path, "PYTHONPATH": str(self.folder), "LIUHEN_HOME": str(self.folder / "var")}
        return subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"],
            cwd=self.folder, env=own, capture_output=True, text=True, check=False,
        )  # fmt: skip
