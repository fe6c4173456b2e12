"""扫描件归位: pages that come back from the printer and the scanner find their own documents."""
