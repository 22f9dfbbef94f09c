import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from '@oneshot/jobs';
import { createSpace, formatGenotype, genotypeAt } from '@oneshot/nas';
import { needs, sharedFolder } from '@oneshot/test/needs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { execute } from '../execute.js';
import { isLookup, validateLookup } from './lookup-spec.js';

const tables = join(sharedFolder, 'data');
const present = existsSync(join(tables, 'nasbench201.csv.gz'));
const genotype = genotypeAt(createSpace('nasbench201'), 4711);
const question = { tabular: { benchmark: 'nas-bench-201' }, genotype };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneshot-lookup-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const messagesOf = (input: unknown, directory: string) => {
  const read = validateLookup(input, { dir: directory, environment: {} });
  return read.ok ? [] : read.faults.map(({ path, message }) => `${path}: ${message}`);
};

describe('a question to a table', () => {
  test('is told apart from the scoring of a model', () => {
    expect([isLookup(question), isLookup({ modelId: 'm', data: { name: 'x' } })]).toEqual([true, false]);
  });

  test('is refused where its files are not, or are others, with the other faults', () => {
    expect(messagesOf(question, folder)).toEqual([expect.stringMatching(/tabular\.benchmark: .*nasbench201\.csv\.gz/)]);
    for (const name of ['nasbench201.csv.gz', 'nasbench201-latency.csv.gz'])
      writeFileSync(join(folder, name), 'no table');
    expect(messagesOf(question, folder)).toEqual([
      expect.stringMatching(/found sha256 \w+ of 8 bytes, allowed is sha256 00fe4a/),
    ]);
    const toy = genotypeAt(createSpace('toy_cell'), 1);
    const faults = messagesOf(
      { ...question, genotype: toy, tabular: { benchmark: 'nas-bench-201', metric: 'cifar10' } },
      folder,
    );
    expect(faults).toEqual([expect.stringContaining('tabular.metric: ')]);
    expect(messagesOf({ ...question, genotype: toy }, folder)).toHaveLength(2);
    expect(messagesOf({ tabular: { benchmark: 'nas-bench-201' } }, folder)[0]).toContain('genotype');
  });

  test(
    'gives metrics by data set, cost and latency by device, and measures the supernet',
    needs('tables of benchmarks', present),
    async () => {
      const accepted = validateLookup(question, { dir: tables, environment: {} });
      expect(accepted.ok).toBe(true);
      vi.stubEnv('ONESHOT_DATA', tables);
      const accuracies = join(folder, 'assessment.json');
      const space = createSpace('nasbench201');
      const sample = [0, 93, 1562, 15_624, 4711].map((index) => formatGenotype(genotypeAt(space, index)));
      writeFileSync(
        accuracies,
        JSON.stringify({ accuracies: sample.map((notation, i) => ({ notation, accuracy: i / 10 })) }),
      );
      const context: Pick<ExecutionContext, 'report' | 'getArtifact'> = {
        report: () => {},
        getArtifact: async () => accuracies,
      };
      const assessment = { accuracies: '0'.repeat(64) };
      const answer = await execute({ ...question, assessment }, context as ExecutionContext);
      expect(answer).toMatchObject({
        benchmark: 'nas-bench-201',
        metric: 'cifar10/test@200',
        metrics: { 'cifar100/test@200': expect.any(Number) },
        cost: { cifar10: { parameters: expect.any(Number), megaFlops: expect.any(Number) } },
        latencies: { pixel3: expect.any(Number) },
        identification: { architectures: 5, tau: expect.any(Number) },
      });
      expect(answer.accuracy).toBeCloseTo(
        Number((answer.metrics as Record<string, number>)['cifar10/test@200']) / 100,
        12,
      );
    },
  );
});
