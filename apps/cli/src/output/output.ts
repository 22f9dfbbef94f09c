import { describeFault, type Failure } from '../failure.js';

/**
 * Where a command's words go: results to standard output, remarks and failures to standard error.
 */
export interface Output {
  /**
   * True: every result is one JSON document on a line of its own, and nothing else goes to standard
   * output.
   */
  readonly json: boolean;
  /**
   * True if people watch: standard error, where progress goes, is a terminal, and JSON was not
   * asked for.
   */
  readonly terminal: boolean;
  /** A result. */
  result(text: () => string, value: unknown): void;
  /** A remark for people; silent with JSON. */
  remark(text: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    terminal: !json && process.stderr.isTTY === true,
    result: (text, value) => process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text()}\n`),
    remark: (text) => {
      if (!json) process.stderr.write(`${text}\n`);
    },
  };
}

/**
 * Writes a failure to standard error: for people as sentences, one line per fault; with `json` as
 * one line of JSON.
 */
export function writeFailure(failure: Failure, json: boolean): void {
  if (json) {
    const { message, reason, exitCode, faults, advice } = failure;
    process.stderr.write(`${JSON.stringify({ error: { message, reason, exitCode, faults, advice } })}\n`);
    return;
  }
  const lines = [`oneshot: ${failure.message}`, ...failure.faults.map((fault) => `  ${describeFault(fault)}`)];
  if (failure.advice !== undefined) lines.push(failure.advice);
  if (process.env.ONESHOT_DEBUG === '1' && failure.cause instanceof Error) lines.push(failure.cause.stack ?? '');
  process.stderr.write(`${lines.join('\n')}\n`);
}
