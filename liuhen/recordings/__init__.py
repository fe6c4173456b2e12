"""音像: ingest, fixity, segments, custody and playback."""
