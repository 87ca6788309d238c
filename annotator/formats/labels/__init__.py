"""Labels as other programs write them, read into `form.Sheet`s; one module a format.

Nothing is converted here: offsets stay in the unit of the file, labels stay theirs.
"""
