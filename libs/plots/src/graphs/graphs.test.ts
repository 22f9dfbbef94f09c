import { describe, expect, test } from 'vitest';
import { dartsCell, toyCell } from '../report/testing/example-report.js';
import { drawGraph } from './draw-graph.js';
import { layOut } from './lay-out.js';
import { belowLabel, routeOf } from './route.js';

describe('graph layout', () => {
  test('every edge runs from left to right', () => {
    for (const graph of [toyCell, dartsCell]) {
      for (const edge of layOut(graph).edges)
        expect(edge.points.at(-1)?.x).toBeGreaterThan(edge.points[0]?.x ?? Number.NaN);
    }
  });

  test('nodes do not overlap, and lie inside the figure', () => {
    const { nodes, width, height } = layOut(dartsCell);
    nodes.forEach((a, index) => {
      expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
      expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
      for (const b of nodes.slice(index + 1)) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart, `${a.label} and ${b.label}`).toBe(true);
      }
    });
  });

  test('labels of different edges do not cover each other', () => {
    const labels = layOut(dartsCell).edges.filter((edge) => edge.label !== '');
    labels.forEach((a, index) => {
      for (const b of labels.slice(index + 1)) {
        const apart = Math.abs(a.labelAt.x - b.labelAt.x) >= 60 || Math.abs(a.labelAt.y - b.labelAt.y) >= 14;
        expect(apart).toBe(true);
      }
    });
  });

  test('an edge runs level below its whole label, so that the label covers nothing of it, and goes on to its arrow', () => {
    for (const edge of [...layOut(dartsCell).edges, ...layOut(toyCell).edges].filter(({ label }) => label !== '')) {
      const route = routeOf(edge);
      const below = route.filter(({ y }) => y === edge.labelAt.y + belowLabel).map(({ x }) => x);
      expect(Math.min(...below)).toBeLessThanOrEqual(edge.labelAt.x - edge.labelWidth / 2);
      expect(Math.max(...below)).toBeGreaterThanOrEqual(edge.labelAt.x + edge.labelWidth / 2);
      expect(route.at(-1)).toEqual(edge.points.at(-1));
      // Room for the arrow's head, which is 8 pixels long.
      expect((route.at(-1)?.x ?? 0) - Math.max(...below)).toBeGreaterThan(8);
    }
  });

  test('two edges between the same nodes are both drawn', () => {
    const graph = {
      title: 't',
      nodes: [
        { id: 'a', label: 'a' },
        { id: 'b', label: 'b' },
      ],
      edges: [
        { from: 'a', to: 'b', label: 'one' },
        { from: 'a', to: 'b', label: 'two' },
      ],
    };
    const [one, two] = layOut(graph).edges;
    expect(one?.labelAt).not.toEqual(two?.labelAt);
  });

  test('an edge to a node that is not there is refused with its name', () => {
    const graph = { title: 't', nodes: [{ id: 'a', label: 'a' }], edges: [{ from: 'a', to: 'zz', label: '' }] };
    expect(() => layOut(graph)).toThrow('node "zz"');
  });
});

test('a drawn graph names every node and every labelled edge', () => {
  const { text } = drawGraph(dartsCell);
  for (const { label } of dartsCell.nodes) expect(text).toContain(`>${label}</text>`);
  expect(text.split('sep_conv_3x3').length - 1).toBe(5);
  expect(text.split('class="arrow"').length - 1).toBe(dartsCell.edges.length);
});
