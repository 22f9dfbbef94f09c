import type { GenotypeEdge } from '../genotype/genotype.js';
import { argMaxRow } from '../samplers/rows.js';
import { type Selector, selectPerNode } from './selector.js';

/** Per choice the option with the largest α, `none` included (NAS-Bench-201; toy cell). */
export const argMaxSelector: Selector = {
  name: 'arg_max',
  spaces: ['toy_cell', 'nasbench201'],
  select: (input) =>
    selectPerNode(input, (entering) =>
      entering.flatMap(({ choice, row }): GenotypeEdge[] => {
        const op = choice.options[argMaxRow(row)];
        return op === undefined ? [] : [{ op, from: choice.from }];
      }),
    ),
};
