"""`python -m liuhen.config`: the program `liuhen`."""

from liuhen.config.cli import main

raise SystemExit(main())
