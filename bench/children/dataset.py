"""PROJECT FOLDER TIMES: a dataset in JSON Lines, and msgspec encoding the same records bare.

Bare are the records in memory, encoded into a buffer and written to a file: nothing is read from a
project, nothing checked, no checksum taken. They are too many to hold at once, so some thousands
of them are encoded again and again until as many lines are written.
"""

import gc
import json
import sys
import time
from itertools import islice
from pathlib import Path

import msgspec

from annotator.formats.statement_record import StatementRecord
from annotator.services import exporting
from annotator.services import project as projects
from annotator.services.dataset_entries import ANY
from bench.running import in_turn

_HELD = 20_000  # records


def _export(path: Path, folder: Path) -> float:
    project = projects.open_project(path, read_only=True)
    began = time.perf_counter()
    exporting.export(project, folder, exporting.Order(ANY))
    seconds = time.perf_counter() - began
    project.close()
    return seconds


def _peak() -> float:
    """Return the resident memory of this process at its peak, in MiB."""
    # ru_maxrss would begin with that of the process that started this one
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _bare(records: list[StatementRecord], number: int, path: Path) -> float:
    encoder, buffer = msgspec.json.Encoder(), bytearray()
    began = time.perf_counter()
    with path.open("wb") as file:
        for at in range(0, number, len(records)):
            for record in records[: number - at]:
                encoder.encode_into(record, buffer, -1)
                buffer += b"\n"
                if len(buffer) > 1 << 18:
                    file.write(buffer)
                    buffer.clear()
        file.write(buffer)
    return time.perf_counter() - began


def _main() -> None:
    path, folder, times = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    gc.disable()  # as the command does
    _export(path, folder)
    peak = _peak()
    written = folder / "statements.jsonl"
    with written.open("rb") as file:
        decode = msgspec.json.Decoder(StatementRecord).decode
        records = [decode(line) for line in islice(file, _HELD)]
    number = json.loads((folder / "dataset.json").read_bytes())["counts"]["statements"]
    bare = folder.with_suffix(".bare")
    pairs = in_turn(lambda: _export(path, folder), lambda: _bare(records, number, bare), times)
    if bare.stat().st_size != written.stat().st_size and number <= _HELD:
        sys.exit("the records encoded bare are not the same")
    print(json.dumps({"ours": pairs.ours, "bare": pairs.plain, "peak": peak, "number": number}))


if __name__ == "__main__":
    _main()
