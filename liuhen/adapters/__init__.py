"""Outside systems behind ports: object store, time stamp, witness."""
