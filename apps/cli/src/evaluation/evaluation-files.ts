import { type DataTable, figureFormats, formatCsv, reliabilityDiagram, renderFigure } from '@oneshot/plots';
import type { ResultFile } from '../scores/table-work.js';
import type { EvaluationResult } from './evaluation-result.js';

/** Names of an evaluation's files. */
export const evaluationFileNames = [
  'evaluation.json',
  'classes.csv',
  'latencies.csv',
  ...figureFormats.map((format) => `reliability.${format}` as const),
];

/**
 * An evaluation's files: everything as JSON, classes and latencies as CSV, the reliability diagram.
 */
export function evaluationFiles(title: string, result: EvaluationResult): ResultFile[] {
  const diagram = reliabilityDiagram(`Reliability: ${title}`, result.reliability ?? []);
  return [
    { name: 'evaluation.json', read: async () => Buffer.from(`${JSON.stringify(result, null, 2)}\n`) },
    { name: 'classes.csv', read: async () => Buffer.from(formatCsv(classes(result))) },
    { name: 'latencies.csv', read: async () => Buffer.from(formatCsv(latencies(result))) },
    ...figureFormats.map((format) => ({ name: `reliability.${format}`, read: () => renderFigure(diagram, format) })),
  ];
}

/**
 * Classes of the model that the data does not have stand below those of the data, without images.
 */
function classes({ perClass, otherClasses = [] }: EvaluationResult): DataTable {
  return {
    columns: ['class', 'images', 'recall', 'precision'],
    rows: [
      ...perClass.map(({ name, images, accuracy, precision }) => [name, images ?? null, accuracy, precision ?? null]),
      ...otherClasses.map(({ name, predicted }) => [name, 0, null, predicted > 0 ? 0 : null]),
    ],
  };
}

function latencies({ latencies: rows = [], latencyMedianMs, latencyP95Ms }: EvaluationResult): DataTable {
  return {
    columns: ['batch', 'threads', 'median ms', 'p95 ms'],
    rows: [
      [1, null, latencyMedianMs, latencyP95Ms],
      ...rows.map(({ batch, threads, median, p95 }) => [batch, threads, median, p95]),
    ],
  };
}
