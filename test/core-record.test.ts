import { readFile, writeFile } from 'node:fs/promises';
import { selectBackend } from '@oneshot/engine';
import { beforeAll, describe, expect, test } from 'vitest';
import { tinyDataset } from '../libs/training/src/testing/tiny-dataset.js';
import { type CoreRecord, coreRecord, RECORDED_METHODS, RECORDED_SPACES } from './harness/core-record.js';

const file = new URL('recorded/core.json', import.meta.url);
const dataset = tinyDataset(8);

// Bits are promised per instruction set; these are those of plain scalar arithmetic, which every
// machine has.
beforeAll(async () => {
  process.env.ONESHOT_SIMD = 'scalar';
  await selectBackend({ backend: 'native', threads: 1 });
});

/** `ONESHOT_RECORD=1` writes down what is, instead of comparing it with what was. */
if (process.env.ONESHOT_RECORD === '1') {
  test('numbers are recorded', async () => {
    const records: CoreRecord[] = [];
    for (const space of RECORDED_SPACES) {
      for (const method of RECORDED_METHODS) records.push(await coreRecord(space, method, dataset));
    }
    await writeFile(file, `${JSON.stringify(records, null, 2)}\n`);
  });
} else {
  describe.each(RECORDED_SPACES)('in $name', (space) => {
    test.each(RECORDED_METHODS)(
      '%s comes to the recorded α, weights, architecture and ONNX file, bit for bit',
      async (method) => {
        const recorded: readonly CoreRecord[] = JSON.parse(await readFile(file, 'utf8'));
        const expected = recorded.find((each) => each.space === space.name && each.method === method);
        expect(await coreRecord(space, method, dataset)).toEqual(expected);
      },
    );
  });
}
