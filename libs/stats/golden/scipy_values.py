"""Records the values of SciPy that the tests compare with.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 numpy
    venv/bin/python libs/stats/golden/scipy_values.py > libs/stats/golden/scipy.json
    npx biome format --write libs/stats/golden

Needed only to record the values again; the project itself needs no Python.
"""
import json
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20260101)
cases = []


def case(statistic, arguments, value):
    cases.append({"statistic": statistic, "arguments": arguments, "value": value})


def samples(n, levels):
    """Two correlated samples; tied if levels are given."""
    x = rng.normal(size=n)
    y = 0.5 * x + rng.normal(size=n)
    if levels:
        x, y = np.floor(x * levels), np.floor(y * levels)
    return [round(float(v), 5) for v in x], [round(float(v), 5) for v in y]


for z in [-8.5, -3, -1.2, 0, 0.3, 2, 5, 12, 25]:
    case("normalCdf", [z], stats.norm.cdf(z))
for p in [1e-200, 1e-12, 0.001, 0.2, 0.5, 0.8, 0.999]:
    case("normalQuantile", [p], stats.norm.ppf(p))
for df in [0.5, 1, 3, 8, 40, 999]:
    for x in [0, 0.1, 1, 7.5, 60, 1100]:
        case("chiSquaredTail", [x, df], stats.chi2.sf(x, df))
for d1, d2 in [(1, 1), (3, 39), (6, 48), (8, 2000), (40, 7)]:
    for x in [0, 0.02, 1, 3.69, 40, 2000]:
        case("fTail", [x, d1, d2], stats.f.sf(x, d1, d2))
    case("fCriticalValue", [0.05, d1, d2], stats.f.isf(0.05, d1, d2))
for df in [1, 4, 30, 15623]:
    for t in [-3, 0, 0.01, 1.96, 9, 300]:
        case("studentTTail", [t, df], stats.t.sf(t, df))
for k in [2, 3, 4, 7, 10, 40]:
    for q in [0.5, 1.5, 3, 4.5]:
        case("studentizedRangeTail", [q, k], stats.studentized_range.sf(q, k, np.inf))
    for alpha in [0.1, 0.05, 0.01]:
        case("studentizedRangeCriticalValue", [alpha, k], stats.studentized_range.isf(alpha, k, np.inf))

for n, levels in [(3, 0), (8, 0), (8, 1), (20, 0), (33, 0), (34, 0), (60, 3), (200, 1)]:
    x, y = samples(n, levels)
    for variant in ["b", "c"]:
        for alternative in ["two-sided", "greater", "less"]:
            r = stats.kendalltau(x, y, variant=variant, alternative=alternative)
            case("kendall", [x, y, {"variant": variant, "alternative": alternative}], [r.statistic, r.pvalue])
    case("kendallAsymptotic", [x, y], stats.kendalltau(x, y, method="asymptotic").pvalue)
    case("weightedTau", [x, y], stats.weightedtau(x, y).statistic)
    case("weightedTauByIndex", [x, y], stats.weightedtau(x, y, rank=False).statistic)
    for name, f in [("spearman", stats.spearmanr), ("pearson", stats.pearsonr)]:
        r = f(x, y)
        case(name, [x, y], [r.statistic, r.pvalue])

for n, levels in [(5, 0), (9, 1), (14, 2), (30, 0), (50, 0), (51, 0), (120, 2)]:
    x, y = samples(n, levels)
    for zeros in ["wilcox", "pratt", "zsplit"]:
        for alternative in ["two-sided", "greater", "less"]:
            r = stats.wilcoxon(x, y, zero_method=zeros, alternative=alternative, method="asymptotic")
            # SciPy's split counts odd zeros half, Demšar leaves one out: compare where they agree.
            zero_count = sum(a == b for a, b in zip(x, y))
            if zeros == "zsplit" and zero_count > 0:
                continue
            case("wilcoxonAsymptotic", [x, y, {"zeros": "split" if zeros == "zsplit" else zeros, "alternative": alternative}], r.pvalue)
    if not levels:
        for alternative in ["two-sided", "greater", "less"]:
            r = stats.wilcoxon(x, y, alternative=alternative, method="exact")
            case("wilcoxonExact", [x, y, {"alternative": alternative}], r.pvalue)

for n, k, levels in [(4, 3, 0), (9, 7, 0), (14, 4, 3), (50, 12, 1), (30, 40, 0)]:
    scores = np.round(rng.normal(size=(n, k)) + 0.2 * np.arange(k), 5)
    if levels:
        scores = np.floor(scores * levels)
    r = stats.friedmanchisquare(*scores.T)
    case("friedman", [scores.tolist()], [r.statistic, r.pvalue])

for wins, losses in [(0, 5), (3, 3), (9, 2), (30, 60)]:
    case("signTest", [wins, losses], stats.binomtest(wins, wins + losses, 0.5).pvalue)

for n, m, levels in [(5, 8, 0), (12, 9, 1), (40, 70, 3)]:
    x, y = samples(max(n, m), levels)
    x, y = x[:n], y[:m]
    u = stats.mannwhitneyu(x, y).statistic
    case("varghaDelaney", [x, y], u / (n * m))

for n in [1, 4, 7, 25, 100]:
    x = samples(n, 0)[0]
    case("quantile", [x, 0.31], float(np.quantile(x, 0.31)))
    case("median", [x], float(np.median(x)))
    case("trimmedMean", [x, 0.2], float(stats.trim_mean(x, 0.2)))
    # As rliable does, the library of Agarwal et al. (2021): metrics.aggregate_iqm.
    case("interquartileMean", [x], float(stats.trim_mean(x, proportiontocut=0.25, axis=None)))
    case("winsorizedMean", [x, 0.2], float(np.mean(stats.mstats.winsorize(np.array(x), (0.2, 0.2)))))
    case("medianAbsoluteDeviation", [x], float(stats.median_abs_deviation(x, scale="normal")))
    if n > 1:
        case("sampleStandardDeviation", [x], float(np.std(x, ddof=1)))
        case("bootstrapInterval", [x], [float(v) for v in stats.bootstrap((x,), np.mean, n_resamples=200000, method="BCa", rng=np.random.default_rng(1)).confidence_interval] if n > 4 else None)

json.dump({"software": f"SciPy {scipy.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}", "cases": [c for c in cases if c["value"] is not None]}, sys.stdout, default=float)
sys.stdout.write("\n")
