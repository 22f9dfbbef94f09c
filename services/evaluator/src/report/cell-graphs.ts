import { type Genotype, genotypeCells } from '@oneshot/nas';
import type { GraphNode, LabelledGraph } from '@oneshot/plots';

/** The cells of a genotype as graphs. States are numbered from the inputs on; kept edges carry their operation. */
export function cellGraphs(genotype: Genotype): LabelledGraph[] {
  return genotypeCells(genotype).map(([group, { nodes, concat }]) => {
    const inputs = genotype.space === 'darts' ? 2 : 1;
    const states: GraphNode[] = [
      ...Array.from(
        { length: inputs },
        (_, index): GraphNode => ({ id: `${index}`, label: inputName(index, inputs), role: 'source' }),
      ),
      ...nodes.map((_, index): GraphNode => ({ id: `${inputs + index}`, label: `node ${inputs + index}` })),
      { id: 'output', label: 'output', role: 'sink' },
    ];
    const kept = nodes.flatMap((edges, index) =>
      edges.map(({ op, from }) => ({ from: `${from}`, to: `${inputs + index}`, label: op })),
    );
    const out = concat.map((state) => ({ from: `${state}`, to: 'output', label: '' }));
    return { title: group === 'cell' ? 'cell' : `${group} cell`, nodes: states, edges: [...kept, ...out] };
  });
}

/** Of two inputs, the first is the cell before the previous one, as in DARTS. */
function inputName(index: number, inputs: number): string {
  if (inputs === 1) return 'input';
  return index === 0 ? 'c_{k-2}' : 'c_{k-1}';
}
