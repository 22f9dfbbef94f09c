/** What the process's exit code tells; part of the command's contract. */
export const ExitCode = {
  ok: 0,
  runFailed: 1,
  badInput: 2,
  unreachable: 3,
  cancelled: 4,
  noResource: 5,
  unexpected: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

const meanings: readonly (readonly [ExitCode, string])[] = [
  [ExitCode.ok, 'All went well.'],
  [ExitCode.runFailed, 'A run failed, or a check found something wrong.'],
  [ExitCode.badInput, 'Bad usage or bad input: every fault is named; nothing was started.'],
  [ExitCode.unreachable, 'A service cannot be reached, a port is taken, or the state folder is in use.'],
  [ExitCode.cancelled, 'The run was cancelled.'],
  [ExitCode.noResource, 'The machine refused something: disk full, no permission, no memory.'],
  [ExitCode.unexpected, 'An error nobody foresaw: a fault of oneshot.'],
  [ExitCode.interrupted, 'Interrupted (Ctrl-C); what was done is kept, and the same command goes on from there.'],
];

/** The table of exit codes as help text. */
export function exitCodeHelp(): string {
  return meanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n');
}
