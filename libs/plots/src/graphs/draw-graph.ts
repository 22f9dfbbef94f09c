import { type Figure, figure } from '../figure/figure.js';
import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import type { LabelledGraph } from './labelled-graph.js';
import { type LaidOutEdge, layOut, type Point } from './lay-out.js';

const titleHeight = 26;

/** Draws a graph from left to right: nodes as boxes, edges as curves with arrows, labels on a clear ground. */
export function drawGraph(graph: LabelledGraph): Figure {
  const layout = layOut(graph);
  const width = Math.max(layout.width, textWidth(graph.title) + 16);
  const edges = layout.edges.map((edge) => [
    element('path', { class: 'edge', d: smoothPath(edge.points) }),
    arrowHead(edge.points),
  ]);
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

function drawLabel(edge: LaidOutEdge): Markup {
  const width = textWidth(edge.label, 11) + 6;
  return element(
    'g',
    {},
    element('rect', { class: 'label', x: edge.labelAt.x - width / 2, y: edge.labelAt.y - 8, width, height: 16, rx: 3 }),
    element('text', { x: edge.labelAt.x, y: edge.labelAt.y + 4, 'text-anchor': 'middle', 'font-size': 11 }, edge.label),
  );
}

/** Through the middles of the segments, bending at the points between: no corners, and no overshoot. */
function smoothPath(points: readonly Point[]): string {
  const at = (point: Point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${at(first)}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const bend = points[index];
    const next = points[index + 1];
    if (bend === undefined || next === undefined) break;
    const end = index === points.length - 2 ? next : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    path += `Q${at(bend)} ${at(end)}`;
  }
  return points.length === 2 ? `${path}L${at(last)}` : path;
}

function arrowHead(points: readonly Point[]): Markup | undefined {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return undefined;
  const angle = (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI;
  return element('path', {
    class: 'arrow',
    d: 'M0 0L-8 -3.6L-8 3.6Z',
    transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${angle.toFixed(1)})`,
  });
}
