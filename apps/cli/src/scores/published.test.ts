import { expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';

test('published results are ranked by name, and refused in the wrong direction', async () => {
  const { code, stdout, stderr } = await runOneshot(['rank', 'published:confopt/table-2..10', '--json']);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'ranking',
    methods: expect.arrayContaining([expect.objectContaining({ method: 'DrNAS (confopt)' })]),
  });
  const wrong = await runOneshot(['rank', 'published:rome/table-1']);
  expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('add --direction down') });
}, 120_000);
