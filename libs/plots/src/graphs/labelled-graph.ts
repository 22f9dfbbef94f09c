/** A node of a graph: a rounded box. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  /** `source` and `sink` are drawn in their own colours. Default: `inner`. */
  readonly role?: 'source' | 'inner' | 'sink';
}

/** A directed edge; several edges between the same nodes are drawn apart. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Written on the edge; empty: a thin line. */
  readonly label: string;
}

/** A directed acyclic graph with labels on nodes and edges. */
export interface LabelledGraph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
