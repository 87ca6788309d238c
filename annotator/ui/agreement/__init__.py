"""The agreement page: how far annotators agree, and where not."""
