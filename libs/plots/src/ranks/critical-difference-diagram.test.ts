import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { criticalDifferenceDiagram } from './critical-difference-diagram.js';
import { assignLanes } from './lanes.js';

const methods = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `m${at}`, averageRank: at + 1 }));
const elbows = (text: string) =>
  [...text.matchAll(/class="elbow" d="M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)"/g)].map((match) =>
    match.slice(1).map(Number),
  );

describe('critical-difference diagram', () => {
  test('the best rank lies to the right, as in Demšar’s figures', () => {
    const [best = [], , worst = []] = elbows(
      criticalDifferenceDiagram({ title: 't', methods: methods(3), cliques: [] }).text,
    );
    expect(best[0]).toBeGreaterThan(worst[0] ?? Number.POSITIVE_INFINITY);
  });

  test('three methods and forty: every name is there, and labels of a side never share a line', () => {
    for (const count of [3, 40]) {
      const { text } = criticalDifferenceDiagram({
        title: 't',
        methods: methods(count),
        cliques: [[0, 1]],
        criticalDifference: 1.5,
      });
      for (const { name } of methods(count)) expect(text).toContain(`>${name}</text>`);
      const rows = elbows(text).map(([, , y, x]) => `${x} ${y}`);
      expect(new Set(rows).size).toBe(count);
    }
  });

  test('a critical difference wider than the axis is cut and says so', () => {
    const { text } = criticalDifferenceDiagram({ title: 't', methods: methods(2), cliques: [], criticalDifference: 3 });
    expect(text).toContain('CD = 3.00, wider than the axis');
  });

  test('its data tell rank and groups', () => {
    const { data } = criticalDifferenceDiagram({
      title: 't',
      methods: methods(3),
      cliques: [
        [0, 1],
        [1, 2],
      ],
    });
    expect(data.rows).toEqual([
      ['m0', 1, '1'],
      ['m1', 2, '1 2'],
      ['m2', 3, '2'],
    ]);
  });
});

test('spans of a lane keep their distance, and none is lost', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 50 }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
      const placed = assignLanes(
        spans.map(([start, length]) => ({ start, end: start + length })),
        2,
      );
      expect(placed).toHaveLength(spans.length);
      for (const [at, a] of placed.entries()) {
        for (const b of placed.slice(0, at)) {
          if (a.lane === b.lane) expect(Math.max(a.start - b.end, b.start - a.end)).toBeGreaterThanOrEqual(2);
        }
      }
    }),
  );
});
