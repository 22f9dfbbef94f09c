/** What runs: one path with weights shared by all, or the supernet that mixes all options. */
export const NETWORKS = ['smallest', 'middle', 'largest', 'supernet'] as const;

export type NetworkName = (typeof NETWORKS)[number];
