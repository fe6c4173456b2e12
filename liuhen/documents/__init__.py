"""官方文书: drafts, forms, numbering, rendering, signatures and delivery."""
