import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseGenotype } from '@oneshot/nas';
import { needs, sharedFolder } from '@oneshot/test/needs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TabularBenchmark } from './benchmark.js';
import { loadNasBench201, NAS_BENCH_201_FILES, readNasBench201 } from './nas-bench-201.js';
import { loadNasBenchMacro, NAS_BENCH_MACRO_FILE, readNasBenchMacro } from './nas-bench-macro.js';

const directory = join(sharedFolder, 'data');
const tables = needs('tables of benchmarks', existsSync(join(directory, NAS_BENCH_201_FILES.accuracies.name)));

describe('NAS-Bench-201', tables, () => {
  let benchmark: TabularBenchmark;
  beforeAll(async () => {
    benchmark = await loadNasBench201(directory);
  });

  it('knows the best architecture of each data set', () => {
    const best = (metric: string) => {
      const column = benchmark.column(metric);
      const value = column.reduce((a, b) => Math.max(a, b));
      return [column.indexOf(value), value];
    };
    expect(best('cifar10/test@200')).toEqual([6111, 94.3733]);
    expect(best('cifar100/test@200')).toEqual([9930, 73.5133]);
    expect(best('imagenet16_120/test@200')).toEqual([857, 47.3111]);
  });

  it('finds every architecture by its notation and by its genotype', () => {
    for (let index = 0; index < benchmark.size; index += 97) {
      const notation = benchmark.notation(index);
      expect(benchmark.find(notation)).toBe(index);
      expect(benchmark.find(parseGenotype(notation))).toBe(index);
    }
  });

  it('finds an architecture whose edges are written in another order', () => {
    const shuffled = '|nor_conv_3x3~0|+|none~1|avg_pool_3x3~0|+|skip_connect~2|nor_conv_1x1~0|none~1|';
    const sorted = '|nor_conv_3x3~0|+|avg_pool_3x3~0|none~1|+|nor_conv_1x1~0|none~1|skip_connect~2|';
    expect(benchmark.find(shuffled)).toBe(benchmark.find(sorted));
  });

  it('has 6,466 architectures up to isomorphism, each standing for itself', () => {
    const canonical = new Set(Array.from({ length: benchmark.size }, (_, index) => benchmark.canonical(index)));
    expect(canonical.size).toBe(6466);
    for (const index of canonical) expect(benchmark.canonical(index)).toBe(index);
  });

  it('gives equal architectures one representative', () => {
    const a = benchmark.find('|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|nor_conv_3x3~0|none~1|none~2|');
    const b = benchmark.find('|none~0|+|skip_connect~0|none~1|+|nor_conv_3x3~0|skip_connect~1|none~2|');
    expect(a).not.toBe(b);
    expect(benchmark.canonical(a)).toBe(benchmark.canonical(b));
  });

  it('knows cost and latency', () => {
    expect(benchmark.cost(0, 'cifar10')).toEqual({ parameters: 129306, megaFlops: 17.958592 });
    expect(benchmark.latency(0, 'fpga')).toBe(2.57296);
  });

  it('names what it does not know, and what it does', () => {
    expect(() => benchmark.value(0, 'cifar10/test')).toThrow(
      'metric: found "cifar10/test", allowed is cifar10/half-train@200',
    );
    expect(() => benchmark.value(15625, 'cifar10/test@200')).toThrow('a whole number from 0 to 15624');
    expect(() => benchmark.latency(0, 'index')).toThrow('device: found "index", allowed is 1080ti_1');
    expect(() => benchmark.cost(0, 'svhn')).toThrow('dataset: found "svhn", allowed is cifar10');
    expect(() => benchmark.find('|nor_conv_3x3~0|')).toThrow();
    expect(() => benchmark.find('nonsense')).toThrow('found "nonsense"');
  });
});

describe('files of benchmarks', tables, () => {
  let scratch: string;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'benchmarks-'));
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it('are refused by name if absent, and by digest if cut short', async () => {
    await expect(loadNasBench201(scratch)).rejects.toMatchObject({ code: 'missing-file' });
    for (const { name } of Object.values(NAS_BENCH_201_FILES)) {
      await copyFile(join(directory, name), join(scratch, name));
      await truncate(join(scratch, name), 1000);
    }
    await expect(loadNasBench201(scratch)).rejects.toMatchObject({
      code: 'wrong-digest',
      found: expect.stringContaining('1000 bytes'),
    });
  });

  it('NAS-Bench-Macro: knows its best architecture, 22212220', async () => {
    const benchmark = await loadNasBenchMacro(directory);
    const column = benchmark.column('cifar10/test@50');
    const best = column.indexOf(column.reduce((a, b) => Math.max(a, b)));
    expect(benchmark.canonical(best)).toBe(benchmark.canonical(benchmark.find('22212220')));
    expect(benchmark.value(benchmark.find('22212220'), 'cifar10/test@50')).toBeCloseTo(93.127, 3);
    expect(() => benchmark.find('2221222')).toThrow('eight digits from 0 to 2');
    expect(() => benchmark.latency(0, 'fpga')).toThrow('this benchmark has no latencies');
  });

  it('NAS-Bench-Macro: has 3,969 networks up to isomorphism, with equal numbers for equal networks', async () => {
    const benchmark = await loadNasBenchMacro(directory);
    const canonical = Array.from({ length: benchmark.size }, (_, index) => benchmark.canonical(index));
    expect(new Set(canonical).size).toBe(3969);
    const column = benchmark.column('cifar10/test@50');
    for (const [index, same] of canonical.entries()) {
      expect(same).toBeLessThanOrEqual(index);
      expect(column[same]).toBe(column[index]);
      expect(benchmark.cost(same, 'cifar10')).toEqual(benchmark.cost(index, 'cifar10'));
    }
  });

  it('NAS-Bench-Macro: refuses JSON that lacks architectures or numbers', async () => {
    const text = await readFile(join(directory, NAS_BENCH_MACRO_FILE.name), 'utf8');
    const wrong = text.replace('"params": 890666', '"params": "many"');
    expect(() => readNasBenchMacro(Buffer.from(wrong))).toThrow('nas-bench-macro 02012100.params: found "many"');
    expect(() => readNasBenchMacro(Buffer.from('{"00000000": {}}'))).toThrow('found 1 architectures, allowed is 6561');
    expect(() => readNasBenchMacro(Buffer.from('{'))).toThrow('allowed is JSON');
  });
});

describe('tables of another format', () => {
  it('are refused with the header they have', () => {
    expect(() => readNasBench201(Buffer.from('a,b\n1,2\n'), Buffer.from(''))).toThrow(
      'accuracies header: found "a,b", allowed is index,arch',
    );
  });
});
