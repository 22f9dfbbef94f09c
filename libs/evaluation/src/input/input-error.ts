/** One thing wrong with an input, where it stands. */
export interface InputFault {
  /** Name of the table, where there may be several. */
  readonly table?: string;
  /** From 1; absent for a fault that has no place, such as a score that is nowhere. */
  readonly line?: number;
  /** Column of the character, from 1. */
  readonly column?: number;
  /** The column of the table or the option at fault. */
  readonly field: string;
  readonly found: string;
  readonly allowed: string;
}

// A table of a million rows may be wrong in every one of them; nobody reads further than this.
const mostTold = 20;

/**
 * Scores that cannot be read or ranked. The first twenty faults are told at once, and how many more
 * there are.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly faults: readonly InputFault[];

  /** @param further how many faults there are besides */
  constructor(all: readonly InputFault[], further = 0) {
    const untold = Math.max(0, all.length - mostTold) + further;
    const faults = untold === 0 ? all : [...all.slice(0, mostTold), theRest(untold)];
    super(faults.map(describeFault).join('\n'));
    this.faults = faults;
  }
}

function theRest(count: number): InputFault {
  return { field: 'and more', found: `${count} further faults`, allowed: 'none' };
}

/** Such as `line 3, column 9: value: found "n/a", allowed: a number`. */
function describeFault(fault: InputFault): string {
  const place = fault.line === undefined ? '' : `line ${fault.line}, column ${fault.column ?? 1}: `;
  const table = fault.table === undefined ? '' : `${fault.table}: `;
  return `${table}${place}${fault.field}: found ${fault.found}, allowed: ${fault.allowed}`;
}

/** Where a fault stands, such as `mine.csv:3:9: value`. */
export function faultPath({ table, line, column, field }: InputFault): string {
  const place = [table, line, line === undefined ? undefined : (column ?? 1)].filter((part) => part !== undefined);
  return place.length === 0 ? field : `${place.join(':')}: ${field}`;
}
