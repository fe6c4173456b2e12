"""Streams, entries, the Merkle log of each agency, checkpoints and their verification."""
