import { Graph, layout } from '@dagrejs/dagre';
import { textWidth } from '../look/text-width.js';
import type { LabelledGraph } from './labelled-graph.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node in its place; `x`, `y` is its middle. */
export interface LaidOutNode extends Point {
  readonly label: string;
  readonly role: 'source' | 'inner' | 'sink';
  readonly width: number;
  readonly height: number;
}

/** An edge in its place, from the border of one node to the border of the other. */
export interface LaidOutEdge {
  readonly label: string;
  readonly labelAt: Point;
  /** In pixels. */
  readonly labelWidth: number;
  readonly points: readonly Point[];
}

export interface LaidOutGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LaidOutNode[];
  readonly edges: readonly LaidOutEdge[];
}

/**
 * Layers from left to right (Sugiyama's method, by dagre), with room kept for every label.
 *
 * @throws RangeError if an edge names a node that is not there.
 */
export function layOut(graph: LabelledGraph): LaidOutGraph {
  const dagre = new Graph({ directed: true, multigraph: true });
  dagre.setGraph({ rankdir: 'LR', nodesep: 22, edgesep: 14, ranksep: 26, marginx: 8, marginy: 8 });
  dagre.setDefaultEdgeLabel(() => ({}));
  for (const node of graph.nodes) {
    dagre.setNode(node.id, { width: textWidth(node.label) + 22, height: 28 });
  }
  graph.edges.forEach((edge, index) => {
    for (const end of [edge.from, edge.to]) {
      if (!dagre.hasNode(end))
        throw new RangeError(`graph "${graph.title}": edge ${index} names node "${end}", which is not there`);
    }
    const size = edge.label === '' ? {} : { width: labelWidth(edge.label) + 24, height: 24, labelpos: 'c' as const };
    dagre.setEdge(edge.from, edge.to, size, String(index));
  });
  layout(dagre);
  const nodes = graph.nodes.map((node) => {
    const { x, y, width, height } = dagre.node(node.id);
    return { label: node.label, role: node.role ?? ('inner' as const), x: x ?? 0, y: y ?? 0, width, height };
  });
  const edges = graph.edges.map((edge, index) => {
    const { points = [], x, y } = dagre.edge(edge.from, edge.to, String(index));
    const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
    return {
      label: edge.label,
      labelAt: { x: x ?? middle.x, y: y ?? middle.y },
      labelWidth: labelWidth(edge.label),
      points,
    };
  });
  const { width = 0, height = 0 } = dagre.graph();
  return { width, height, nodes, edges };
}

function labelWidth(label: string): number {
  return label === '' ? 0 : textWidth(label, 11);
}
