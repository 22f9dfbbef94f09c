/**
 * Inputs of the kernel being differentiated whose gradients will be asked for; null when that is
 * not known.
 */
let current: ReadonlySet<string> | null = null;

/** For gradients that compute several results at once: which of them are worth computing. */
export function wantedInputs(): ReadonlySet<string> | null {
  return current;
}

/** Runs `fn` with the wanted inputs set. */
export function withWanted<T>(wanted: ReadonlySet<string>, fn: () => T): T {
  const before = current;
  current = wanted;
  try {
    return fn();
  } finally {
    current = before;
  }
}
