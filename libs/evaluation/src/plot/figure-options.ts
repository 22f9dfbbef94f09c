/** What any figure of a table takes. */
export interface FigureOptions {
  /** Default: what the figure calls itself. */
  readonly title?: string;
  /** Scale of the x axis of `curves`, `any-time`, `scatter` and `pareto`. Default `linear`. */
  readonly xScale?: 'linear' | 'log';
}
