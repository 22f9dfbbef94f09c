"""Records the values of scikit-posthocs that the tests compare with.

    python -m venv venv && venv/bin/pip install scikit-posthocs==0.17.1
    venv/bin/python libs/stats/golden/scikit_posthocs_values.py > libs/stats/golden/scikit_posthocs.json
    npx biome format --write libs/stats/golden

The first table is Conover's (1999, section 5.8: sales of five brands in seven stores). Needed only to record the values
again; the project itself needs no Python.
"""
import json
import sys
import warnings

import numpy as np
import scikit_posthocs

warnings.simplefilter("ignore")
rng = np.random.default_rng(20260102)
stores = [
    [5, 4, 7, 10, 12],
    [1, 3, 1, 0, 2],
    [16, 12, 22, 22, 35],
    [5, 4, 3, 5, 4],
    [10, 9, 7, 13, 10],
    [19, 18, 28, 37, 58],
    [10, 7, 6, 8, 7],
]
tables = [stores, [[31, 27, 24], [31, 28, 31], [45, 29, 46], [21, 18, 48], [42, 36, 46], [32, 17, 40]]]
for n, k, levels in [(9, 3, 0), (12, 4, 0), (30, 8, 0), (25, 6, 3)]:
    x = rng.normal(size=(n, k)) + 0.3 * np.arange(k)
    tables.append(np.round(np.floor(x * levels) if levels else x, 5).tolist())


def below(frame):
    return [float(frame.values[i, j]) for i in range(frame.shape[0]) for j in range(i)]


cases = []
for table in tables:
    a = np.array(table, float)
    for statistic, test in [
        ("conover", scikit_posthocs.posthoc_conover_friedman),
        ("quadePairs", scikit_posthocs.posthoc_quade),
    ]:
        value = below(test(a)) + below(test(a, p_adjust="holm"))
        cases.append({"statistic": statistic, "arguments": [table], "value": value})
software = f"scikit-posthocs {scikit_posthocs.__version__}"
json.dump({"software": software, "cases": cases}, sys.stdout, indent=1)
