import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { createOutput } from '../output/output.js';
import { findRun } from '../runs/find.js';
import { methodsOf } from '../runs/run-kinds.js';
import { hasEnded, stateWord } from '../runs/run-line.js';
import { withSession } from '../session/with-session.js';

/** What `oneshot cancel` does. */
export async function cancel(id: string, options: ServiceOptions): Promise<void> {
  const onInterrupted = () => '';
  await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }) => {
    const found = await findRun(services, id);
    if (found === undefined) throw badInput(`There is no run "${id}". To see what there is: oneshot list`);
    const { kind, run } = found;
    if (hasEnded(run))
      throw badInput(`The ${kind} ${run.id.slice(0, 12)} has ended already: it ${stateWord(run.state)}.`);
    const { run: cancelled = run } = await methodsOf(services, kind).cancel({ id: run.id });
    createOutput(options.json === true).result(() => `${kind} ${run.id.slice(0, 12)} cancelled`, {
      kind,
      run: cancelled,
    });
  });
}
