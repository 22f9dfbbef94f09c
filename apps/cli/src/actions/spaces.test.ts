import { createSpace } from '@oneshot/nas';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runOneshot } from '../testing/run-oneshot.js';

test('spaces are listed with their numbers of architectures, and shown as definitions that can be read again', async () => {
  const listed = await runOneshot(['spaces', '--json']);
  const { spaces } = JSON.parse(listed.stdout) as { spaces: readonly { name: string; architectures: string }[] };
  const counts = new Map(spaces.map(({ name, architectures }) => [name, architectures]));
  // 15,625 of NAS-Bench-201 (Dong and Yang 2020); 10^18 of DARTS (Liu et al. 2019, section 3.1).
  expect(counts.get('nasbench201')).toBe('15625');
  expect(counts.get('darts')).toHaveLength(19);
  for (const name of counts.keys()) {
    const shown = await runOneshot(['spaces', 'show', name]);
    const definition: unknown = parse(shown.stdout);
    expect(createSpace(definition).definition).toEqual(definition);
  }
  const unknown = await runOneshot(['spaces', 'show', 'dart']);
  expect(unknown.stderr).toContain('There is no space "dart".');
});
