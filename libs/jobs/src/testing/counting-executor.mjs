import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Work as training loops do it: it computes without yielding, saves a checkpoint after each step,
// and its result depends on every step taken. `spec`: steps, msPerStep, crashAtStep (ends the
// process once), failAtStep, withoutDigest (its result lacks what a result must have), marker (a
// file that notes the crash).

/** Blocks the thread, as native code does. */
function compute(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

function chain(digest, step) {
  return createHash('sha256').update(`${digest}${step}`).digest('hex');
}

export async function execute(spec, context) {
  let { step, digest } = context.checkpoint
    ? JSON.parse(readFileSync(context.checkpoint, 'utf8'))
    : { step: 0, digest: String(spec.seed) };
  const resumedAt = step;
  while (step < spec.steps) {
    if (context.stopRequested()) {
      const error = new Error('stopped');
      error.name = 'ExecutionStopped';
      throw error;
    }
    compute(spec.msPerStep);
    step += 1;
    digest = chain(digest, step);
    context.report({ stage: 'count', epoch: 0, epochs: 1, step, steps: spec.steps, metrics: { step }, etaSeconds: 0 });
    if (spec.crashAtStep === step && !existsSync(spec.marker)) {
      writeFileSync(spec.marker, 'crashed');
      process.kill(process.pid, 'SIGKILL');
    }
    if (spec.failAtStep === step) throw new RangeError(`step ${step} cannot be taken`);
    const path = join(context.directory, `checkpoint-${step}`);
    writeFileSync(path, JSON.stringify({ step, digest }));
    await context.saveCheckpoint(path);
  }
  return { ...(spec.withoutDigest ? {} : { digest }), resumedAt, attempt: context.attempt };
}
