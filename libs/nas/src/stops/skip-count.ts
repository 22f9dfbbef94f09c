import { z } from 'zod';
import { parseGenotype } from '../genotype/notation.js';
import { selectionOf } from '../genotype/selection-of.js';
import type { Space } from '../spaces/space.js';
import { defineStop } from './registry.js';

const SKIP = 'skip_connect';

defineStop({
  name: 'skip_count',
  summary: 'ends the search when the cell that would be selected has so many skip connections',
  source: 'Liang et al. 2019, criterion 1',
  options: {
    /** Skip connections in one cell of the first kind (the normal cell) that end it. Default 2. */
    count: z.int().min(1).default(2),
    /** Epochs in a row in which there must be so many. Default 1. */
    patience: z.int().min(1).default(1),
  },
  exclusions({ count, patience }, { epochs, selector }, space) {
    const faults = [];
    if (patience > epochs) {
      const message = `found ${patience}; at most ${epochs}, for the search has no more epochs and would never stop`;
      faults.push({ path: 'stop.patience', message });
    }
    if (selector === 'random') {
      const message = 'skip_count looks at what is selected; a random selector selects anything';
      faults.push({ path: 'stop.name', message });
    }
    if (space === null) return faults;
    const most = mostSkips(space);
    if (most === 0) {
      const message = `skip_count counts ${SKIP} in cells, and ${space.name} has none there`;
      faults.push({ path: 'stop.name', message });
    } else if (count > most) {
      const message = `found ${count}; at most ${most}, for a cell of ${space.name} cannot have more`;
      faults.push({ path: 'stop.count', message });
    }
    return faults;
  },
  create: ({ count, patience }) => ({
    reason({ space, epochs }) {
      const last = epochs.slice(-patience);
      if (last.length < patience) return null;
      const counts = last.map(({ genotype }) => skips(space, genotype));
      if (counts.some((found) => found < count)) return null;
      const during = patience === 1 ? '' : ` for ${patience} epochs`;
      const found = counts.at(-1) ?? 0;
      return `the ${space.groups[0]?.name ?? ''} cell has ${found} skip connection${found === 1 ? '' : 's'}${during}; allowed: ${count - 1}`;
    },
  }),
});

/** Skip connections in the first kind of cell of a genotype. */
function skips(space: Space, notation: string): number {
  const selection = selectionOf(space, parseGenotype(notation));
  const choices = space.groups[0]?.choices ?? [];
  return choices.filter(({ id }) => selection.get(id)?.includes(SKIP)).length;
}

/** Skip connections that a cell of the first kind can have; 0 where spaces have no cells. */
function mostSkips({ topology, groups }: Space): number {
  if (topology === undefined) return 0;
  const choices = groups[0]?.choices.filter(({ options }) => options.includes(SKIP)).length ?? 0;
  return topology.kept === 'all' ? choices : Math.min(choices, topology.kept * topology.nodes);
}
