import { PUBLISHED_TABLES, publishedByName } from '@oneshot/benchmarks';
import { analyseScores, readScores, scoresTable } from '@oneshot/evaluation';
import { describe, expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';

describe('published results', () => {
  const names = PUBLISHED_TABLES.map(({ paper, number }) => `published:${paper.id}/table-${number}`);

  test.each(names)('%s is ranked as it is, in the direction its measures have', (name) => {
    const measures = PUBLISHED_TABLES.filter(({ paper, number }) => name === `published:${paper.id}/table-${number}`)
      .flatMap(({ columns }) => columns)
      .flatMap((column) => column.measure ?? []);
    for (const asked of [name, ...new Set(measures.map((measure) => `${name}:${measure}`))]) {
      const { measure, direction, scores } = publishedByName(asked);
      const records = scores.map((score) => ({ ...score, seed: 'published' }));
      const set = readScores(scoresTable(asked, records, measure).chunks);
      expect(set).toMatchObject({ direction, directionReason: { from: 'name', name: measure } });
      const { methods } = analyseScores(set);
      expect(methods.length, asked).toBeGreaterThan(1);
      expect(methods.map(({ method }) => method).join()).not.toMatch(/Optimum|Largest/);
    }
  });

  test('tell what was narrowed down so that they can be ranked', () => {
    const remarks = (name: string) => publishedByName(name).remarks.join(' ');
    expect(remarks('published:two-stage/table-1')).toBe(
      'Left out methods, as they lack a number: DARTS, perturb with fixed α.',
    );
    expect(remarks('published:tanglenas/table-11')).toBe(
      'Each train portion is a benchmark of its own. Left out, as no method: Optimum.',
    );
    expect(remarks('published:tanglenas/table-5')).toContain("'published:tanglenas/table-5:test accuracy'");
    expect(remarks('published:rome/table-1')).toBe('');
    const { scores } = publishedByName('published:rome/table-4');
    expect(scores.map(({ method }) => method)).toContain('GDAS, searched on ImageNet (rome)');
    expect(() => publishedByName('published:rome/table-1..7')).toThrow('published:rome/table-1');
  });

  test('are ranked by name, and refused in the wrong direction', async () => {
    const { code, stdout, stderr } = await runOneshot(['rank', 'published:tanglenas/table-4']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(
      'Of test error smaller is better, by the name "test error"; --direction up says otherwise.',
    );
    expect(stdout).toMatch(/1 {2}TangleNAS/);
    const wrong = await runOneshot(['rank', 'published:rome/table-1', '--direction', 'up']);
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('leave --direction up out') });
  }, 240_000);
});
