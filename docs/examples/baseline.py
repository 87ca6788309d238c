"""Trains a first model from an exported folder, and shows what a random split pretends.

Export with splits, then run it (it needs scikit-learn):

    stance-annotator export interviews.stance --to export --split 80/20
    python docs/examples/baseline.py export
"""

import json
import statistics
import sys
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline


def rows(split):
    """Return the words and the stance of each statement of a split, the target among the words."""
    lines = (Path(sys.argv[1]) / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [(f"{one['target']} {one['text']}", one["stance"]) for one in found if one["stance"]]


def score(train, test):
    """Return the macro F1 on `test` of a model that learnt from `train`."""
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(C=10))
    model.fit([words for words, _ in train], [stance for _, stance in train])
    predicted = model.predict([words for words, _ in test])
    return f1_score([s for _, s in test], predicted, average="macro", zero_division=0)


train, test = rows("train"), rows("test")
shuffled = [
    score(*train_test_split(train + test, test_size=len(test), random_state=seed))
    for seed in range(20)
]
sys.stdout.write(f"{len(train)} statements to learn from, {len(test)} to test with\n")
sys.stdout.write(f"macro F1, split that does not leak: {score(train, test):.3f}\n")
sys.stdout.write(f"macro F1, random split (mean of 20): {statistics.mean(shuffled):.3f}\n")
