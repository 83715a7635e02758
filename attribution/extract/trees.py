"""Boosted decision trees as plain arrays: no pickle, no scikit-learn at run time, all trees walked at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Trees:
    """Hold a boosted ensemble for one yes-no question; every array is indexed by node, leaves point at themselves.

    ``roots`` are the first nodes of the trees, ``depth`` is the longest way to a leaf, ``base`` the score before any
    tree.
    """

    feature: Array
    threshold: Array
    left: Array
    right: Array
    value: Array
    roots: Array
    depth: int
    base: float

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of yes for each row of features."""
        if not rows:
            return []
        table = np.asarray(rows, dtype=np.float64)
        result: list[float] = []
        for start in range(0, len(table), 512):
            result += self._block(table[start : start + 512]).tolist()
        return result

    def _block(self, table: Array) -> Array:
        node = np.broadcast_to(self.roots, (len(table), len(self.roots))).copy()
        lines = np.arange(len(table))[:, None]
        for _ in range(self.depth):
            goes_left = table[lines, self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        score: Array = 1.0 / (1.0 + np.exp(-(self.base + self.value[node].sum(axis=1))))
        return score

    def arrays(self, name: str) -> dict[str, Array]:
        """Return the arrays to store, their keys starting with a name."""
        fields = {
            "feature": self.feature,
            "threshold": self.threshold,
            "left": self.left,
            "right": self.right,
            "value": self.value,
            "roots": self.roots,
        }
        stored: dict[str, Array] = {f"{name}.{key}": array for key, array in fields.items()}
        stored[f"{name}.base"] = np.array([self.base, float(self.depth)])
        return stored

    @classmethod
    def from_arrays(cls, stored: Any, name: str) -> Trees:  # noqa: ANN401 (an npz file or a dict)
        """Rebuild an ensemble from what ``arrays`` returned; raise KeyError where something is missing."""
        base, depth = stored[f"{name}.base"].tolist()
        feature, threshold, left, right, value, roots = (
            stored[f"{name}.{key}"] for key in ("feature", "threshold", "left", "right", "value", "roots")
        )
        return cls(feature, threshold, left, right, value, roots, int(depth), float(base))


def from_boosting(model: Any) -> Trees:  # noqa: ANN401 (a fitted HistGradientBoostingClassifier)
    """Turn a fitted binary HistGradientBoostingClassifier into plain arrays."""
    feature: list[int] = []
    left: list[int] = []
    right: list[int] = []
    roots: list[int] = []
    threshold: list[float] = []
    value: list[float] = []
    depth = 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        offset = len(feature)
        roots.append(offset)
        depth = max(depth, int(nodes["depth"].max()))
        for k, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            feature.append(0 if leaf else int(node["feature_idx"]))
            threshold.append(0.0 if leaf else float(node["num_threshold"]))
            left.append(offset + (k if leaf else int(node["left"])))
            right.append(offset + (k if leaf else int(node["right"])))
            value.append(float(node["value"]) if leaf else 0.0)
    return Trees(
        np.array(feature, dtype=np.int16),
        np.array(threshold, dtype=np.float64),
        np.array(left, dtype=np.int32),
        np.array(right, dtype=np.int32),
        np.array(value, dtype=np.float64),
        np.array(roots, dtype=np.int32),
        depth,
        float(model._baseline_prediction[0, 0]),
    )
