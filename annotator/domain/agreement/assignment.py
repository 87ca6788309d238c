"""The heaviest matching in a bipartite graph that falls into many small parts."""

from itertools import groupby
from operator import itemgetter

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from annotator.domain.agreement.outcomes import FloatArray, IntArray

_DENSE = 250_000  # cells of a part's weight matrix beyond which it is solved as a sparse one

Edge = tuple[int, int, int, float, int]  # id of the left end, of the right, …


def heaviest(
    left: IntArray, right: IntArray, weight: FloatArray, left_id: IntArray, right_id: IntArray
) -> IntArray:
    """Return which edges, by index and ascending, form the matching of the greatest weight.

    `left` and `right` number the nodes from 0, no number on both sides; every weight is above
    0, and no two edges join the same nodes. The ids decide between matchings of equal weight.
    """
    degree = np.bincount(np.concatenate([left, right])) if len(left) else left
    alone = (degree[left] == 1) & (degree[right] == 1)
    kept = np.flatnonzero(alone).tolist()
    rest = np.flatnonzero(~alone)
    if len(rest):
        graph = coo_array((weight[rest], (left[rest], right[rest])), shape=(len(degree),) * 2)
        _, part = connected_components(graph, directed=False)
        order = rest[np.argsort(part[left[rest]], kind="stable")]
        columns = (part[left], left_id, right_id, weight, np.arange(len(left)))
        listed = zip(*(column[order].tolist() for column in columns), strict=True)
        for _, edges in groupby(listed, key=itemgetter(0)):
            kept += _solved(list(edges))
    return np.array(sorted(kept), dtype=np.int64)


def _solved(edges: list[Edge]) -> list[int]:
    rows = sorted({edge[1] for edge in edges})
    cols = sorted({edge[2] for edge in edges})
    if len(rows) == 1 or len(cols) == 1:
        return [min(edges, key=_heaviest_first)[4]]
    # the side of the smallest id is the rows, so that it does not matter which is called left
    if rows[0] > cols[0]:
        edges = [(part, b, a, weight, index) for part, a, b, weight, index in edges]
        rows, cols = cols, rows
    row_of = {row: at for at, row in enumerate(rows)}
    col_of = {col: at for at, col in enumerate(cols)}
    cells = {(row_of[a], col_of[b]): (weight, index) for _, a, b, weight, index in edges}
    solve = _dense if len(rows) * len(cols) <= _DENSE else _sparse
    found = solve(cells, len(rows), len(cols))
    return [cells[cell][1] for cell in found if cell in cells]


def _heaviest_first(edge: Edge) -> tuple[float, int, int]:
    return -edge[3], min(edge[1], edge[2]), max(edge[1], edge[2])


Cells = dict[tuple[int, int], tuple[float, int]]


def _dense(cells: Cells, rows: int, cols: int) -> list[tuple[int, int]]:
    matrix = np.zeros((rows, cols))
    for cell, (weight, _) in cells.items():
        matrix[cell] = weight
    chosen = linear_sum_assignment(matrix, maximize=True)
    return list(zip(*(side.tolist() for side in chosen), strict=True))


def _sparse(cells: Cells, rows: int, cols: int) -> list[tuple[int, int]]:
    """Solve a large part: each row may also take a column of its own, which means no partner."""
    ceiling = 1 + max(weight for weight, _ in cells.values())
    costs = [ceiling - weight for weight, _ in cells.values()] + [ceiling] * rows
    at = [row for row, _ in cells] + list(range(rows))
    to = [col for _, col in cells] + [cols + row for row in range(rows)]
    chosen = min_weight_full_bipartite_matching(csr_array((costs, (at, to))))
    return list(zip(*(side.tolist() for side in chosen), strict=True))
