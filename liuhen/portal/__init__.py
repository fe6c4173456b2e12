"""The public site: only published snapshots; it knows no other room."""
