"""The public site: published snapshots and nothing else."""
