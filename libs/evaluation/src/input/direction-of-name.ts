import type { Direction } from './score-set.js';

const up = new Set(
  (
    'accuracy acc precision recall f1 fscore auc auroc auprc map ap iou miou dice bleu rouge meteor r2 correlation corr tau spearman pearson ' +
    'kendall throughput fps speedup reward rewards return returns psnr ssim likelihood hypervolume success wins specificity sensitivity kappa mcc ' +
    'ndcg mrr top1 top5'
  ).split(' '),
);
const down = new Set(
  (
    'error errors err loss losses nll entropy perplexity ppl latency time runtime duration seconds second secs sec ms minutes minute hours hour ' +
    'days day flop flops mflops gflops macs madds mults param params parameters memory ram bytes kb mb gb kib mib gib rmse mse mae mape wer cer ' +
    'fid regret cost costs energy joules ece brier rank ranks deviation divergence distance misclassification misclassified bpc bpd eer fpr fnr ' +
    'drop degradation gap carbon emissions'
  ).split(' '),
);

/** Phrases that say the contrary of their words. */
const phrases: readonly (readonly [RegExp, Direction])[] = [
  [
    /\bnegative log likelihood\b|\b(time|seconds|hours|days|epochs|steps) to\b|\b(loss|drop|error|regret) (of|in)\b/,
    'down',
  ],
  [/\bneg (mean |median |root |log )?\w* ?\w*(error|loss|deviance)\b|\bper (s|sec|second|minute|hour|day)\b/, 'up'],
];

/**
 * The direction that the name of a measure tells: `down` for `test error`, `val_loss`,
 * `latency (ms)`, `up` for `top-1 accuracy`; `undefined` for names that tell none, such as `score`.
 * Of several words that tell one the last decides: `accuracy loss` is a loss.
 */
export function directionOfName(name: string): Direction | undefined {
  // Words as they are first: mIoU and MFLOPs are one each.
  return directionOfWords(wordsOf(name)) ?? directionOfWords(wordsOf(name.replace(/([a-z])([A-Z])/g, '$1 $2')));
}

/**
 * The same of a name that may call anything, such as a benchmark: only where it ends as measures
 * do, as `CIFAR-10 error` and `latency (ms)`.
 */
export function directionOfEnd(name: string): Direction | undefined {
  const end = wordsOf(name.replace(/\([^)]*\)\s*$/, '')).at(-1) ?? '';
  return directionOfWords([end]);
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function directionOfWords(words: readonly string[]): Direction | undefined {
  const text = words.join(' ');
  const phrase = phrases.find(([pattern]) => pattern.test(text));
  if (phrase !== undefined) return phrase[1];
  const last = words.filter((word) => up.has(word) || down.has(word)).at(-1);
  if (last === undefined) return undefined;
  return up.has(last) ? 'up' : 'down';
}
