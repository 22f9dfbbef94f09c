import { z } from 'zod';
import { defineMutation } from './registry.js';

defineMutation({
  name: 'partial_connection',
  summary: 'operations see one in `keep` channels, the others bypass them; then the channels of the edge are shuffled',
  source: 'Xu et al. 2020, section 3.2; Jha et al. 2025, section 4',
  options: {
    /**
     * Operations see one in `keep` channels, rounded down, the first ones; the others bypass them.
     * At least 2, at most the channels of the space's first cell. Default 4.
     */
    keep: z.int().min(2).max(1024).default(4),
  },
  change: (mode, { keep }) => ({ ...mode, keep }),
  exclusions({ keep }, space) {
    const channels = space.kind.width?.(space.definition);
    if (space.topology === undefined || channels === undefined) {
      const message = `partial_connection changes the edges of cells, of which ${space.name} has none`;
      return [{ path: 'name', message }];
    }
    if (keep <= channels) return [];
    const allowed = channels < 2 ? 'none: leave the mutation out' : `2 to ${channels}`;
    const message = `found ${keep}, more than the ${channels} channels of the space's first cell; allowed: ${allowed}`;
    return [{ path: 'keep', message }];
  },
});
