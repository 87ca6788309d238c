"""The annotate page: article list, reader, margin, card."""
