"""The sub-commands of `liuhen`, a module each. `liuhen.config.cli` holds the one table of them."""
