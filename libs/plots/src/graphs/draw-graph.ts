import { type Figure, figure } from '../figure/figure.js';
import { titleWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import type { LabelledGraph } from './labelled-graph.js';
import { type LaidOutEdge, layOut } from './lay-out.js';
import { belowLabel, curveThrough, routeOf } from './route.js';

const titleHeight = 26;

/**
 * Draws a graph from left to right: nodes as boxes, edges as curves with arrows, labels above their
 * edges.
 */
export function drawGraph(graph: LabelledGraph): Figure {
  const layout = layOut(graph);
  const width = Math.max(layout.width, titleWidth(graph.title) + 16);
  const edges = layout.edges.map(drawEdge);
  const labels = layout.edges.filter((edge) => edge.label !== '').map(drawLabel);
  const nodes = layout.nodes.map((node) =>
    element(
      'g',
      {},
      element('rect', {
        class: `node ${node.role}`,
        x: node.x - node.width / 2,
        y: node.y - node.height / 2,
        width: node.width,
        height: node.height,
        rx: 6,
      }),
      element('text', { x: node.x, y: node.y + 4, 'text-anchor': 'middle' }, node.label),
    ),
  );
  const data = {
    columns: ['from', 'to', 'label'],
    rows: graph.edges.map(({ from, to, label }) => [from, to, label]),
  };
  return figure(
    { width, height: layout.height + titleHeight, title: graph.title, data },
    element('text', { class: 'title', x: 8, y: 16 }, graph.title),
    element('g', { transform: `translate(0 ${titleHeight})` }, edges, labels, nodes),
  );
}

/** The label above its edge, on a ground that covers others' edges only. */
function drawLabel({ label, labelAt, labelWidth }: LaidOutEdge): Markup {
  const ground = { x: labelAt.x - labelWidth / 2 - 1, y: labelAt.y - 8, width: labelWidth + 2, height: 6 + belowLabel };
  return element(
    'g',
    {},
    element('rect', { class: 'label', ...ground, rx: 3 }),
    element('text', { x: labelAt.x, y: labelAt.y + 3, 'text-anchor': 'middle', 'font-size': 11 }, label),
  );
}

function drawEdge(edge: LaidOutEdge): Markup[] {
  const points = routeOf(edge);
  const tip = points.at(-1);
  if (tip === undefined) return [];
  const { path, endAngle } = curveThrough(points);
  return [
    element('path', { class: 'edge', d: path }),
    element('path', {
      class: 'arrow',
      d: 'M0 0L-8 -3.6L-8 3.6Z',
      transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${endAngle.toFixed(1)})`,
    }),
  ];
}
