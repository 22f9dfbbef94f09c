/** An interval on an axis. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Puts spans into as few lanes as they need without touching: each, from the left on, into the
 * first lane that is free.
 *
 * @param gap least distance between two spans of a lane
 */
export function assignLanes<Item extends Span>(
  spans: readonly Item[],
  gap: number,
): (Item & { readonly lane: number })[] {
  const ends: number[] = [];
  return [...spans]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((span) => {
      const free = ends.findIndex((end) => end + gap <= span.start);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = span.end;
      return { ...span, lane };
    });
}
