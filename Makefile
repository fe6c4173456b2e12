# 留痕: everything a newcomer types. Needs Python 3.11 or newer and make; the rest goes to .venv here.
ifeq ($(origin PYTHON),undefined)
PYTHON := $(shell for p in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python; do \
  if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
endif
ifeq ($(strip $(PYTHON)),)
$(error 找不到 Python 3.11 或者更新的：请先安装，或 make PYTHON=/路径/python3)
endif
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE # what was compiled and parsed once is kept: the second start is quick
TESTS ?= tests
ONLY ?=
ARGS ?=

.PHONY: run test test-slow screenshots check bench corpus lock format reference help
.DEFAULT_GOAL := help

help: ## 说明各个命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */make \1\t/'

run: ## 启动：执法人员 127.0.0.1:8000，公众 127.0.0.1:8001（Ctrl-C 停止）；ARGS="--port 9000" 换端口
	@$(PYTHON) tools/environment.py runtime
	@exec $(BIN)/liuhen run $(ARGS)

test: ## 全部测试（单元、故事、守卫、浏览器；SQLite 与 PostgreSQL）；TESTS=路径 只跑一部分
	@$(PYTHON) tools/environment.py dev --browser
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow" $(TESTS)

test-slow: ## 费时的测试：每一种程序、每一种文书在浏览器中走一遍，二百页扫描件，逐表逐列改动
	@$(PYTHON) tools/environment.py dev --browser
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m slow $(TESTS)

screenshots: ## 在浏览器中办完一件案件，沿途为手册拍照：docs/manual/*.png
	@$(PYTHON) tools/environment.py dev --browser
	@SCREENSHOTS=docs/manual $(BIN)/python -m pytest -q tests/browser/test_journey.py tests/browser/test_portal.py tests/browser/test_manual_pages.py tests/browser/test_heads.py

check: ## 检查：格式、类型、分层、锁文件、生成的参考
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/python -m tools.check

bench: ## 性能数字，一行一个 JSON；ONLY=组名或数字名 只测一部分
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/python -m bench $(ONLY)

format: ## 整理代码格式
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/ruff check -q --fix --select I,UP,F401 . ; $(BIN)/ruff format -q .

reference: ## 重新生成 docs/reference
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/python -m tools.reference

corpus: ## 把新的条目种类、样式及其版本加入 tests/corpus（已有的不改）
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/python -m tools.corpus
	@$(BIN)/python -m tools.forms

lock: ## 重新生成依赖锁（维护者用，需要 uv）；锁里没有任何主机名
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements/runtime.txt
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
