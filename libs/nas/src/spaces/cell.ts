import type { Value } from '../build/value.js';
import {
  type CellDefinition,
  cellFields,
  cellKinds,
  cellTopology,
  optionsAt,
  reductionCells,
} from './cell-definition.js';
import { cellNodes, edgeChoices, halvedImages, preprocessed, resizedCells, stem } from './cell-edges.js';
import { cellFaults } from './cell-faults.js';
import { defineSpace } from './registry.js';

const schema = cellFields.superRefine((definition, context) => {
  for (const { path, message } of cellFaults(definition)) {
    context.addIssue({ code: 'custom', message, path: [...path] });
  }
});

defineSpace<CellDefinition>({
  name: 'cell',
  summary: 'a cell of your own: nodes, the options of every edge, and how cells are stacked, in a YAML file',
  source: 'the user’s; the form is that of Liu et al. 2019, section 2.1',
  schema,
  example: { name: 'cell', nodes: 4, options: ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3'] },
  topology: cellTopology,
  poolNorm: true,
  auxiliary: true,
  width: ({ channels }) => channels,
  resize: resizedCells,
  images: (definition) => halvedImages(reductionCells(definition).length),
  choices: (definition) =>
    cellKinds(definition).flatMap((kind) =>
      edgeChoices(kind, definition, (to, from) => optionsAt(definition, kind, to, from)),
    ),
  build(builder, definition) {
    const { cells, channels, inputs, nodes, stemMultiplier } = definition;
    const reductions = reductionCells(definition);
    const { concat } = cellTopology(definition);
    let before: Value = stemMultiplier === 'none' ? builder.input : stem(builder, channels * stemMultiplier);
    let last = before;
    let width = channels;
    for (let index = 0; index < cells; index++) {
      const reduction = reductions.includes(index);
      if (reduction) width *= 2;
      const read = inputs === 1 ? [last] : [before, last];
      const cell = builder.cell(`cell${index}`, read, (entering) => {
        const newest = entering.at(-1) ?? last;
        const states = entering.map((input) => preprocessed(builder, input, newest, width));
        const known = cellNodes(builder, reduction ? 'reduce' : 'normal', states, { nodes, reduction });
        return known.filter((_, state) => concat.includes(state));
      });
      before = last;
      last = cell;
    }
    return builder.classify(last, { norm: false, relu: false });
  },
});
