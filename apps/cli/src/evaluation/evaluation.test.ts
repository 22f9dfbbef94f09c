import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';
import { evaluationFiles } from './evaluation-files.js';
import type { EvaluationResult } from './evaluation-result.js';
import { evaluationText } from './evaluation-text.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const result: EvaluationResult = {
  accuracy: 0.75,
  top5Accuracy: null,
  images: 4,
  perClass: [
    { name: 'cat', accuracy: 0.5, precision: 1, images: 2 },
    { name: 'dog', accuracy: 1, precision: null, images: 2 },
  ],
  expectedCalibrationError: 0.125,
  brier: 0.5,
  negativeLogLikelihood: 0.25,
  reliability: [{ images: 4, confidence: 0.875, accuracy: 0.75 }],
  latencyMedianMs: 1.5,
  latencyP95Ms: 2,
  latencies: [{ batch: 8, threads: 2, median: 4, p95: 5, imagesPerSecond: 2000 }],
  bytes: 40_100,
  peakMemoryBytes: 275_100_000,
  provider: 'cpu',
};

test('an evaluation tells accuracy, calibration, latencies, classes, size and memory; what was not measured is left out', () => {
  const text = evaluationText('pets, test', result);
  expect(text).toMatch(/accuracy +75\.00 %/);
  expect(text).toMatch(/expected calibration error +12\.50 %/);
  expect(text).toMatch(/8 +2 +4\.00 +5\.00 +2000/);
  expect(text).toMatch(/cat +2 +50\.00 % +100\.00 %/);
  expect(text).not.toContain('top-5');
});

test('classes of the model without images, and a match by position, are told in words and in the table of classes', async () => {
  const otherClasses = [
    { name: 'fox', predicted: 0 },
    { name: 'gnu', predicted: 2 },
  ];
  const told = { ...result, classesMatchedBy: 'name', otherClasses } as const;
  expect(evaluationText('pets, test', told)).toMatch(
    /2 classes of the model without images here, 2 images were taken for one of them: gnu \(2\), fox\.$/,
  );
  expect(evaluationText('pets, test', { ...result, classesMatchedBy: 'position' })).toMatch(
    /The model does not name its outputs\. They were taken for the 2 classes in the order of this table;/,
  );
  const file = evaluationFiles('pets, test', told).find(({ name }) => name === 'classes.csv');
  expect((await file?.read())?.toString()).toBe(
    'class,images,recall,precision\ncat,2,0.5,1\ndog,2,1,\nfox,0,,\ngnu,0,,0\n',
  );
});

test('its files hold the reliability diagram with its data', async () => {
  const files = new Map(evaluationFiles('pets, test', result).map(({ name, read }) => [name, read]));
  expect((await files.get('reliability.csv')?.())?.toString()).toContain('accuracy,0.875,0.75');
  expect((await files.get('latencies.csv')?.())?.toString()).toBe(
    'batch,threads,median ms,p95 ms\n1,,1.5,2\n8,2,4,5\n',
  );
  expect((await files.get('reliability.png')?.())?.subarray(1, 4).toString()).toBe('PNG');
});

test('a file that is cut short, or claims 3 GB, is refused before anything is started', async () => {
  // Field 7 (graph), 3,000,000,000 bytes long by its own word.
  writeFileSync(join(folder, 'claim.onnx'), Uint8Array.of(0x08, 0x08, 0x3a, 0x80, 0xbc, 0xc1, 0x96, 0x0b, 0x00, 0x00));
  const { code, stdout, stderr } = await runOneshot(['evaluate', 'claim.onnx', '--data', 'fashion-mnist'], {
    cwd: folder,
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('claim.onnx: found 10 bytes that do not decode');
  expect(readdirSync(folder)).toEqual(['claim.onnx']);
});

test('options that mean nothing without another are refused', async () => {
  const { code, stderr } = await runOneshot(['evaluate', 'x.onnx', '--mean', '0.5'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('--mean and --std need --pixels');
});
