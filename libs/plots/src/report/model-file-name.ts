/**
 * Where a campaign's exported model lies, relative to the report; one rule for who writes the files and who links to them.
 *
 * @param training which retraining of the found genotype, from 0, if there are several.
 * @returns such as `models/fashion_darts_seed0.onnx`; characters other than letters, digits, `.`, `_` and `-` become `-`.
 */
export function modelFileName(run: { benchmark: string; method: string; seed: number; training?: number }): string {
  const plain = (text: string) => text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'unnamed';
  const suffix = run.training === undefined ? '' : `_retraining${run.training}`;
  return `models/${plain(run.benchmark)}_${plain(run.method)}_seed${run.seed}${suffix}.onnx`;
}
