import { expect, it } from 'vitest';
import { runCell } from '../cell/run.js';
import type { CellSchedule, EdgeSchedule } from '../cell/schedule.js';
import { tensor } from '../tensor/create.js';
import { memory, tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import { describeOnBackends, on } from './testing/backends.js';
import { composedDifference } from './testing/composed-difference.js';
import { relativeDifference } from './testing/numbers.js';
import { partialCell } from './testing/partial-cell.js';
import { type RunOptions, runSchedule } from './testing/run-schedule.js';

/** The state itself, shuffled: the first channels through an identity, the others past it. */
function shuffleAlone(channels: number, keep: number): CellSchedule {
  const edge: EdgeSchedule = {
    from: 0,
    branches: [{ kind: 'identity', mix: null }],
    partial: { keep, stride: 1, bypassMix: null },
  };
  const counts = { weightCount: 0, statisticCount: 0, mixCount: 0 };
  return { inputs: [{ height: 1, width: 1, channels }], nodes: [{ edges: [edge] }], output: [1], ...counts };
}

const widths = [7, 18, 26].flatMap((channels) => [4, 2].map((keep) => ({ channels, keep })));
const options: RunOptions = { batch: 2, mixPerImage: false, mode: 'train' };
const cases = widths.flatMap((width, i) =>
  [false, true].map((reduction) => ({ ...width, reduction, given: { ...options, mixPerImage: i % 2 === 1 } })),
);

describeOnBackends('partial connections', (backend) => {
  it('put every channel in its place', async () => {
    await on(backend, () => {
      const places = (channels: number, keep: number): number[] =>
        tidy(() => {
          const shape = [1, 1, 1, channels];
          const state = tensor(
            Float32Array.from({ length: channels }, (_, i) => i),
            shape,
          );
          const given = { inputs: [state], weights: tensor([]), mix: tensor([]), mode: 'train' } as const;
          return [...read(runCell(shuffleAlone(channels, keep), given).output)];
        });
      expect(places(8, 4)).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
      expect(places(7, 4)).toEqual([0, 2, 4, 6, 1, 3, 5]);
      expect(places(7, 2)).toEqual([0, 4, 1, 5, 2, 6, 3]);
      expect(places(5, 4)).toEqual([0, 2, 4, 1, 3]);
      expect(places(18, 4)).toEqual([0, 5, 10, 15, 1, 6, 11, 16, 2, 7, 12, 17, 3, 8, 13, 4, 9, 14]);
    });
  });

  it('leave nothing behind', async () => {
    await on(backend, () => {
      runSchedule(partialCell(7, 4, true), options);
      const before = memory().tensors;
      runSchedule(partialCell(7, 4, true), options);
      expect(memory().tensors).toBe(before);
    });
  });

  if (backend === 'reference') return;

  it.each(cases)(
    'of a share 1/$keep of $channels channels, reduction $reduction: everything as on the reference',
    async ({ channels, keep, reduction, given }) => {
      const schedule = partialCell(channels, keep, reduction);
      const found = await on(backend, () => runSchedule(schedule, given));
      const expected = await on('reference', () => runSchedule(schedule, given));
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [name, values] of Object.entries(expected)) {
        expect(relativeDifference(found[name] ?? [], values), name).toBeLessThan(2e-4);
      }
      const recomputed = await on(backend, () => runSchedule(schedule, { ...given, recompute: true }));
      expect(recomputed).toEqual(found);
    },
  );

  it('composed from this backend’s own primitives give what its executor of whole cells gives', async () => {
    await on(backend, () => {
      for (const { channels, keep, reduction } of cases.filter((each) => each.keep === 4)) {
        const schedule = partialCell(channels, keep, reduction);
        expect(composedDifference(schedule, options)).toBeLessThan(1e-5);
      }
    });
  });
});
