"""`python -m annotator` is the command `stance-annotator`."""

from annotator.cli import main

if __name__ == "__main__":
    main()
