import { canonicalDigest } from '@oneshot/nas';
import { expect, test } from 'vitest';
import { trainingResultFaults } from './result-faults.js';

const digest = canonicalDigest('anything');
const whole = {
  ...{ modelId: digest, genotypeId: digest, testAccuracy: 0.9, testLoss: 0.3, weightsDigest: digest },
  ...{ dataDigest: digest, onnx: digest, history: digest, checkpoint: digest, parameters: 30_212, seconds: 1.5 },
};

test('every field of a training result that is missing or wrong is named', () => {
  expect(trainingResultFaults({ ...whole, testLoss: null, checkpoint: null, new: 1 })).toEqual([]);
  const { onnx: _, ...without } = whole;
  const faults = trainingResultFaults({ ...without, modelId: '', testAccuracy: 1.5 });
  expect(faults.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'modelId: found ""; allowed: 64 lower-case hexadecimal digits',
    'testAccuracy: found 1.5; allowed: a number of at most 1',
    'onnx: found nothing; allowed: a text',
  ]);
});
