/** What any figure of a table takes. */
export interface FigureOptions {
  /** Default: what the figure calls itself. */
  readonly title?: string;
  /** Names of the axes. Default: what the figure or the table calls them. */
  readonly xLabel?: string;
  readonly yLabel?: string;
  /**
   * Methods of the report that the figure belongs to, which have the same colours here. Default:
   * none but the figure's own.
   */
  readonly methods?: readonly string[];
  /** Scale of the x axis of `curves`, `any-time`, `scatter` and `pareto`. Default `linear`. */
  readonly xScale?: 'linear' | 'log';
}

/** Axis names as charts take them, where they were given. */
export function axisNames(xName: string | undefined, yName: string | undefined) {
  return { ...(xName === undefined ? {} : { xName }), ...(yName === undefined ? {} : { yName }) };
}
