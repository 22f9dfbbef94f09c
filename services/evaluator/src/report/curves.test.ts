import { describe, expect, test } from 'vitest';
import { choiceTrajectories } from './curves.js';
import { searchHistory } from './histories.js';

const figures = { trainLoss: 1, trainAccuracy: 0.5 };
const choices = [
  { id: 'cell.1.0', node: 1, from: 0 },
  { id: 'cell.2.0', node: 2, from: 0 },
  { id: 'cell.2.1', node: 2, from: 1 },
];
const rows = (first: number) => [
  [first, 1 - first],
  [0.5, 0.5],
  [0.25, 0.75],
];

describe('trajectories of choices', () => {
  const epochs = [
    { epoch: 1, ...figures, architectureWeights: { cell: rows(0.5) } },
    { epoch: 2, ...figures, architectureWeights: { cell: rows(0.6) } },
  ];
  const groups = [{ name: 'cell', options: ['none', 'skip_connect'], choices }];

  test('are one per choice, named by the edge', () => {
    const found = choiceTrajectories(searchHistory.parse({ kind: 'search', groups, epochs }));
    expect(found.map(({ name }) => name)).toEqual(['cell 0→1', 'cell 0→2', 'cell 1→2']);
    expect(found[0]).toMatchObject({
      epochs: [1, 2],
      options: ['none', 'skip_connect'],
      weights: [rows(0.5)[0], rows(0.6)[0]],
    });
  });

  test('tell the weights of the edges into each node where there are any', () => {
    const weighted = epochs.map((epoch, index) => ({
      ...epoch,
      edgeWeights: { cell: [1, 0.5 + 0.1 * index, 0.5 - 0.1 * index] },
    }));
    const found = choiceTrajectories(searchHistory.parse({ kind: 'search', groups, epochs: weighted }));
    expect(found.slice(3)).toEqual([
      { name: 'cell edges into 1', options: ['from 0'], epochs: [1, 2], weights: [[1], [1]] },
      {
        name: 'cell edges into 2',
        options: ['from 0', 'from 1'],
        epochs: [1, 2],
        weights: [
          [0.5, 0.5],
          [0.6, 0.4],
        ],
      },
    ]);
  });
});
