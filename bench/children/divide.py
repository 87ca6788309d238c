"""PROJECT: dividing its statements into splits that do not leak, in one process."""

import json
import sys
import time
from pathlib import Path

from annotator.services import dividing
from annotator.services import project as projects
from annotator.services.dataset_entries import ANY
from annotator.services.dataset_order import Order, context


def _main() -> None:
    project = projects.open_project(Path(sys.argv[1]), read_only=True)
    order = Order(ANY, splitting=dividing.Splitting())
    form, held = context(project, order)
    began = time.perf_counter()
    divided = dividing.divide(project, order.choice, dividing.Splitting(), form, held)
    seconds = time.perf_counter() - began
    project.close()
    print(json.dumps({"seconds": seconds, "rows": len(divided.splits)}))


if __name__ == "__main__":
    _main()
