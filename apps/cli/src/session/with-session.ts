import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { catchInterruption } from './interruption.js';
import { type Involvement, openSession, type Session } from './session.js';

interface Work {
  readonly involvement: Involvement;
  /** Runs there will be at one time at the most; they share the memory. Default: one per worker. */
  readonly runsAtOnce?: number;
  /** How to go on after an interruption. */
  readonly onInterrupted: (session: Session) => string;
}

/**
 * Opens a session, does something with it, and closes it whatever happens; gives what came of it.
 * Interrupted, it fails with code 130 and says how to go on.
 */
export async function withSession<Result>(
  options: ServiceOptions,
  { involvement, runsAtOnce, onInterrupted }: Work,
  action: (session: Session, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = catchInterruption();
  try {
    const session = await openSession(options, involvement, runsAtOnce);
    try {
      return await action(session, interruption.signal);
    } catch (error) {
      if (!interruption.signal.aborted) throw error;
      const advice = onInterrupted(session);
      throw new Failure('Interrupted.', { exitCode: ExitCode.interrupted, reason: 'INTERRUPTED', advice });
    } finally {
      await session.close();
    }
  } finally {
    interruption.release();
  }
}
