"""归档: dossier, retention, access and the verifiable package."""
