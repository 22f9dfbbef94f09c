import { canonicalDigest } from '@oneshot/nas';
import { expect, test } from 'vitest';
import { evaluationResultFaults } from './result-faults.js';

const digest = canonicalDigest('anything');
const scored = { modelId: null, onnx: digest, accuracy: 0.9, images: 1000, dataDigest: digest };
const question = { tabular: { benchmark: 'nas-bench-201', metric: 'cifar10/test@200' } };
const answer = {
  benchmark: 'nas-bench-201',
  metric: 'cifar10/test@200',
  notation: '|none~0|',
  accuracy: 0.9,
  metrics: {},
};

const pathsOf = (...parameters: Parameters<typeof evaluationResultFaults>) =>
  evaluationResultFaults(...parameters).map(({ path }) => path);

test('the score of a model and the answer of a table are told apart by what was asked', () => {
  expect(pathsOf(scored, { modelId: digest })).toEqual([]);
  expect(pathsOf(answer, question)).toEqual([]);
  expect(pathsOf(answer, { modelId: digest })).toEqual(['modelId', 'onnx', 'images', 'dataDigest']);
  expect(pathsOf(scored, question)).toEqual(['benchmark', 'metric', 'notation', 'metrics']);
});

test('an accuracy that is no fraction, and a question about a supernet that was not answered, are refused', () => {
  expect(pathsOf({ ...scored, accuracy: 93.1 }, { modelId: digest })).toEqual(['accuracy']);
  expect(pathsOf({ ...scored, accuracy: Number.NaN }, { modelId: digest })).toEqual(['accuracy']);
  expect(pathsOf(answer, { ...question, assessment: { accuracies: digest } })).toEqual(['identification']);
});
