/** A spec as it is written, not checked yet. */
export type Written = Readonly<Record<string, unknown>>;

/** What is written over what fits, field by field: nothing that is written is changed. */
export function writtenOver(fitting: Written, written: Written): Written {
  const result: Record<string, unknown> = { ...fitting, ...written };
  for (const [key, value] of Object.entries(written)) {
    const below = fitting[key];
    if (isRecord(below) && isRecord(value)) result[key] = writtenOver(below, value);
  }
  return result;
}

export function isRecord(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
