import { formatBytes, formatPercent } from '@oneshot/plots';
import { formatTable } from '../output/table.js';
import { wrap } from '../output/wrap.js';
import type { EvaluationResult } from './evaluation-result.js';
import { imageRemark } from './image-remark.js';

/**
 * An evaluation as tables: the whole, latencies if they were asked for, and classes; then what is
 * to be known of how images and classes were matched.
 */
export function evaluationText(title: string, result: EvaluationResult): string {
  const parts = [formatTable([{ name: '' }, { name: title, number: true }], summary(result))];
  if ((result.latencies ?? []).length > 0) parts.push(latencyTable(result));
  parts.push(classTable(result));
  const remarks = [imageRemark(result), ...matchRemarks(result)].filter((remark) => remark !== undefined);
  if (remarks.length > 0) parts.push(remarks.flatMap((remark) => wrap(remark, lineWidth)).join('\n'));
  return parts.join('\n\n');
}

function summary(result: EvaluationResult): string[][] {
  const row = (name: string, value: number | null | undefined, format: (value: number) => string) =>
    value === undefined || value === null ? [] : [[name, format(value)]];
  const four = (value: number) => value.toFixed(4);
  const ms = (value: number) => `${value.toPrecision(3)} ms`;
  return [
    ...row('accuracy', result.accuracy, formatPercent),
    ...row('top-5 accuracy', result.top5Accuracy, formatPercent),
    ...row('images', result.images, String),
    ...row('expected calibration error', result.expectedCalibrationError, formatPercent),
    ...row('Brier score', result.brier, four),
    ...row('negative log-likelihood', result.negativeLogLikelihood, four),
    ...row('latency of one image, median', result.latencyMedianMs, ms),
    ...row('latency of one image, 95 %', result.latencyP95Ms, ms),
    ...row('size', result.bytes, formatBytes),
    ...row('peak memory, data included', result.peakMemoryBytes, formatBytes),
    ...(result.provider === undefined ? [] : [['provider', result.provider]]),
  ];
}

function latencyTable({ latencies = [] }: EvaluationResult): string {
  const names = ['batch', 'threads', 'median ms', '95 % ms', 'images/s'];
  return formatTable(
    names.map((name) => ({ name, number: true })),
    latencies.map(({ batch, threads, median, p95, imagesPerSecond }) => [
      String(batch),
      String(threads),
      median.toPrecision(3),
      p95.toPrecision(3),
      imagesPerSecond.toFixed(0),
    ]),
  );
}

function classTable({ perClass }: EvaluationResult): string {
  const share = (value: number | null | undefined) =>
    value === undefined || value === null ? '' : formatPercent(value);
  return formatTable(
    [
      { name: 'class' },
      { name: 'images', number: true },
      { name: 'recall', number: true },
      { name: 'precision', number: true },
    ],
    perClass.map(({ name, images, accuracy, precision }) => [
      name,
      images === undefined ? '' : String(images),
      share(accuracy),
      share(precision),
    ]),
  );
}

const lineWidth = 100;
/** Classes named in a sentence; the files of an evaluation have all of them. */
const mostNamed = 30;

function matchRemarks({ classesMatchedBy, otherClasses = [], perClass }: EvaluationResult): string[] {
  const byPosition = `The model does not name its outputs. They were taken for the ${perClass.length} classes in the order of this table; --classes names them.`;
  return [
    ...(classesMatchedBy === 'position' ? [byPosition] : []),
    ...(otherClasses.length > 0 ? [otherClassesRemark(otherClasses)] : []),
  ];
}

/** Those that most images were taken for come first. */
function otherClassesRemark(others: NonNullable<EvaluationResult['otherClasses']>): string {
  const ordered = [...others].sort((a, b) => b.predicted - a.predicted);
  const names = ordered
    .slice(0, mostNamed)
    .map(({ name, predicted }) => (predicted === 0 ? name : `${name} (${predicted})`));
  const rest = others.length - names.length;
  const taken = others.reduce((sum, { predicted }) => sum + predicted, 0);
  const images = `${taken === 0 ? 'no image was' : taken === 1 ? '1 image was' : `${taken} images were`} taken for one of them`;
  const classes = others.length === 1 ? '1 class' : `${others.length} classes`;
  return `${classes} of the model without images here, ${images}: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}
