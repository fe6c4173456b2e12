"""违规明细: lists of suspect claims, row by row from suspicion to what was confirmed."""
