import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { JobServiceClient, type Run, RunState } from '@oneshot/contracts';
import { connect } from '@oneshot/service-kit';
import { needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { followRun } from '../client/follow-run.js';
import { createProcessLauncher } from '../launcher/process-launcher.js';
import { CountingService, countingWorker, expectedDigest } from '../testing/counting-service.js';

const compiled = existsSync(fileURLToPath(new URL('../../dist/index.js', import.meta.url)));

describe('workers as processes of their own', needs('the compiled packages', compiled), () => {
  let service: CountingService;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    service = new CountingService();
    await service.start();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await service.stop();
  });

  function worker(): ChildProcess {
    const args = [fileURLToPath(countingWorker), ...service.workerArguments()];
    const env = { ...process.env, ONESHOT_LOG_LEVEL: 'silent' };
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    children.push(child);
    return child;
  }

  const submit = (id: string, spec: Record<string, unknown>) =>
    service.client.submitSearch({ spec: { id, seed: 7, msPerStep: 20, ...spec }, retry: false });

  async function find(id: string): Promise<Run> {
    const { run } = await service.client.getSearch({ id });
    if (!run) throw new Error('no run');
    return run;
  }

  const stateOf = async (id: string) => (await find(id)).state;
  const stepOf = async (id: string) => (await find(id)).progress?.step ?? 0;
  const patient = { timeout: 40_000, interval: 50 };

  test('a result that the service refuses ends the run at once, with the fault', async () => {
    worker();
    await submit('refused', { steps: 1, withoutDigest: true });
    await expect.poll(() => stateOf('refused'), patient).toBe(RunState.RUN_STATE_FAILED);
    const { error, attempt } = await find('refused');
    expect(attempt).toBe(1);
    expect(error).toEqual({
      reason: 'RESULT_INVALID',
      message: 'The result was refused: digest: found nothing; allowed: a text',
    });
  });

  test('a checkpoint that was never stored is refused, and the job is still held', async () => {
    await submit('unstored', { steps: 1 });
    const jobs = connect(JobServiceClient, service.address);
    try {
      const { lease } = await jobs.leaseJob({ workerId: 'by hand', waitSeconds: 5 });
      const artifact = 'c'.repeat(64);
      const refused = { code: 3, reason: 'INVALID_REQUEST', fields: [{ path: 'artifact', found: artifact }] };
      await expect(jobs.recordCheckpoint({ lease, artifact, progress: undefined })).rejects.toMatchObject(refused);
      await jobs.completeJob({ lease, result: { digest: 'd' } });
    } finally {
      jobs.close();
    }
  });

  test('a worker takes a run to its result, while progress is told', async () => {
    worker();
    await submit('plain', { steps: 12, msPerStep: 150 });
    let next = 1;
    let told = 0;
    for await (const update of followRun({ watch: service.client.watchSearch, id: 'plain' })) {
      expect(update.firstSequence).toBe(next);
      next = update.sequence + 1;
      if (update.run?.progress) told += 1;
    }
    expect(told).toBeGreaterThan(1);
    expect(await find('plain')).toMatchObject({
      state: RunState.RUN_STATE_SUCCEEDED,
      result: { digest: expectedDigest(7, 12), attempt: 1 },
    });
  });

  test('kill -9 of a worker: the next one goes on from the checkpoint, to the same result', async () => {
    const first = worker();
    await submit('killed', { steps: 40, msPerStep: 60 });
    await expect.poll(() => stepOf('killed'), patient).toBeGreaterThan(5);
    first.kill('SIGKILL');
    worker();
    await expect.poll(() => stateOf('killed'), patient).toBe(RunState.RUN_STATE_SUCCEEDED);
    const { result, attempt } = await find('killed');
    expect(result?.digest).toBe(expectedDigest(7, 40));
    expect(result?.resumedAt).toBeGreaterThan(0);
    expect(attempt).toBe(2);
  });

  test('a damaged checkpoint costs the way from the one before, all of them gone the way from the start, and no attempt', async () => {
    const stored = () =>
      readdirSync(join(service.directory, 'artifacts', 'sha256'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
    const first = worker();
    await submit('damaged', { steps: 40, msPerStep: 60 });
    await expect.poll(() => stepOf('damaged'), patient).toBeGreaterThan(5);
    first.kill('SIGKILL');
    const [last = ''] = stored();
    writeFileSync(last, 'x'.repeat(statSync(last).size));
    const second = worker();
    await expect
      .poll(async () => (await find('damaged')).error?.message, patient)
      .toContain('from the checkpoint before');
    await expect.poll(() => stepOf('damaged'), patient).toBeGreaterThan(15);
    second.kill('SIGKILL');
    for (const path of stored()) rmSync(path);
    worker();
    await expect.poll(() => stateOf('damaged'), patient).toBe(RunState.RUN_STATE_SUCCEEDED);
    expect((await find('damaged')).result).toMatchObject({ digest: expectedDigest(7, 40), resumedAt: 0 });
  });

  test('SIGTERM gives the job back at once, from where it was', async () => {
    const first = worker();
    await submit('stopped', { steps: 60, msPerStep: 50 });
    await expect.poll(() => stepOf('stopped'), patient).toBeGreaterThan(3);
    const exited = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(await stateOf('stopped')).toBe(RunState.RUN_STATE_QUEUED);
    worker();
    await expect.poll(() => stateOf('stopped'), patient).toBe(RunState.RUN_STATE_SUCCEEDED);
    const { result } = await find('stopped');
    expect(result?.digest).toBe(expectedDigest(7, 60));
    expect(result?.resumedAt).toBeGreaterThan(0);
  });

  test('a run that is cancelled frees its worker, even one that computes without yielding', async () => {
    worker();
    await submit('cancelled', { steps: 2, msPerStep: 60_000 });
    await expect.poll(() => stateOf('cancelled'), patient).toBe(RunState.RUN_STATE_RUNNING);
    await service.client.cancelSearch({ id: 'cancelled' });
    await submit('next', { steps: 3 });
    await expect.poll(() => stateOf('next'), patient).toBe(RunState.RUN_STATE_SUCCEEDED);
    expect(await stateOf('cancelled')).toBe(RunState.RUN_STATE_CANCELLED);
  });

  test('the service restarts while a worker computes: nothing is lost, nothing is done twice', async () => {
    // Long enough for the worker to find the service again on a busy machine.
    await service.stop();
    service = new CountingService(15_000);
    await service.start();
    worker();
    await submit('restarted', { steps: 60, msPerStep: 60 });
    await expect.poll(() => stepOf('restarted'), patient).toBeGreaterThan(3);
    await service.stopServer();
    await pause(2500);
    await service.start();
    await expect.poll(() => stateOf('restarted'), patient).toBe(RunState.RUN_STATE_SUCCEEDED);
    expect(await find('restarted')).toMatchObject({ attempt: 1, result: { digest: expectedDigest(7, 60) } });
  });

  test('a worker that was stopped by the system and comes back late is refused, and its result is not taken', async () => {
    const frozen = worker();
    await submit('frozen', { steps: 30, msPerStep: 60 });
    await expect.poll(() => stepOf('frozen'), patient).toBeGreaterThan(3);
    frozen.kill('SIGSTOP');
    worker();
    await expect.poll(async () => (await find('frozen')).attempt, patient).toBe(2);
    frozen.kill('SIGCONT');
    await expect.poll(() => stateOf('frozen'), patient).toBe(RunState.RUN_STATE_SUCCEEDED);
    expect(await find('frozen')).toMatchObject({ attempt: 2, result: { digest: expectedDigest(7, 30), attempt: 2 } });
  });

  test('work that throws is tried again, and told in the end', async () => {
    worker();
    await submit('failing', { steps: 3, failAtStep: 2 });
    await expect.poll(() => stateOf('failing'), patient).toBe(RunState.RUN_STATE_FAILED);
    const { error, attempt } = await find('failing');
    expect(error).toEqual({ reason: 'EXECUTION_FAILED', message: 'RangeError: step 2 cannot be taken' });
    expect(attempt).toBe(5);
  });
});

describe('workers started by a launcher', needs('the compiled packages', compiled), () => {
  test('workers are started where jobs wait, replaced when they crash, and end with the launcher', async () => {
    const service = new CountingService();
    const launcher = createProcessLauncher({ slots: 2, logger: service.logger, restartBackoffMs: 50 });
    try {
      await service.start(launcher);
      const marker = join(service.directory, 'crashed');
      const spec = { seed: 3, steps: 10, msPerStep: 20, crashAtStep: 5, marker };
      for (const id of ['a', 'b', 'c']) await service.client.submitSearch({ spec: { id, ...spec }, retry: false });
      const results = async () => {
        const { runs } = await service.client.listSearches({ pageSize: 0, pageToken: '', states: [] });
        return runs.map(({ result }) => result?.digest);
      };
      const digest = expectedDigest(3, 10);
      await expect.poll(results, { timeout: 40_000 }).toEqual([digest, digest, digest]);
      expect(existsSync(marker)).toBe(true);
    } finally {
      await launcher.stop(5000);
      await service.stop();
    }
  });

  test('kill -9 of the process with the launcher ends its workers', async () => {
    const service = new CountingService();
    try {
      await service.start();
      const program = `
        import { createProcessLauncher } from '@oneshot/jobs';
        import { createLogger } from '@oneshot/service-kit';
        const launcher = createProcessLauncher({ slots: 1, logger: createLogger({ name: 'x', level: 'silent' }) });
        launcher.serve({
          name: 'counting',
          program: new URL(${JSON.stringify(countingWorker.href)}),
          args: ${JSON.stringify(service.workerArguments())},
          waiting: async () => 1,
        });
      `;
      const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ONESHOT_LOG_LEVEL: 'silent' },
      });
      await service.client.submitSearch({ spec: { id: 'a', seed: 1, steps: 500, msPerStep: 50 }, retry: false });
      const step = async () => (await service.client.getSearch({ id: 'a' })).run?.progress?.step ?? 0;
      await expect.poll(step, { timeout: 20_000 }).toBeGreaterThan(2);
      parent.kill('SIGKILL');
      const state = async () => (await service.client.getSearch({ id: 'a' })).run?.state;
      // Given back by the worker itself, long before the lease would have expired for a worker that
      // lives on.
      await expect.poll(state, { timeout: 10_000 }).toBe(RunState.RUN_STATE_QUEUED);
      const { run } = await service.client.getSearch({ id: 'a' });
      expect(run?.error).toBeUndefined();
    } finally {
      await service.stop();
    }
  });
});
