import { cellInputs, type Genotype, genotypeCells, hasCells, type PickGenotype } from '@oneshot/nas';
import type { GraphNode, LabelledGraph } from '@oneshot/plots';

/**
 * A genotype as graphs: its cells, or what was picked, one place after the other. States are
 * numbered from the inputs on; kept edges carry their operation.
 */
export function cellGraphs(genotype: Genotype): LabelledGraph[] {
  if (!hasCells(genotype)) return [pickGraph(genotype)];
  return genotypeCells(genotype).map(([group, { nodes, concat }]) => {
    const inputs = cellInputs(genotype);
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

/**
 * Choices of one place, such as a layer's kernel and width, stand together: `layer1` with
 * `kernel 5, channels 16`.
 */
function pickGraph({ space, picks }: PickGenotype): LabelledGraph {
  const places = new Map<string, string[]>();
  for (const [id, options] of Object.entries(picks)) {
    const dot = id.lastIndexOf('.');
    const place = dot < 0 ? id : id.slice(0, dot);
    const what = `${id.slice(dot + 1)} ${options.join(', ')}`;
    places.set(place, [...(places.get(place) ?? []), what]);
  }
  const names = ['input', ...places.keys(), 'output'];
  return {
    title: space,
    nodes: names.map((id, index): GraphNode => {
      const role = index === 0 ? 'source' : index === names.length - 1 ? 'sink' : undefined;
      return { id, label: id, ...(role === undefined ? {} : { role }) };
    }),
    edges: names.slice(1).map((to, index) => ({
      from: names[index] ?? 'input',
      to,
      label: (places.get(to) ?? []).join(', '),
    })),
  };
}
