"""Forms in which a dataset leaves the program; each module is one form and knows no project.

`annotator.formats.datasets.registry` lists them; `form` says what a form is.
"""
