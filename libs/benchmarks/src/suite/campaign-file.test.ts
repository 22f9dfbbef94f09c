import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { suiteCampaignFiles } from './campaign-file.js';

const folder = join(import.meta.dirname, '../../../../examples/darts-bench');

it('the campaign files of the suite are what its data say, and there are no others', () => {
  const files = suiteCampaignFiles();
  const there = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  expect(there.toSorted()).toEqual(files.map(({ path }) => path).toSorted());
  for (const { path, text } of files) expect(readFileSync(join(folder, path), 'utf8'), path).toBe(text);
  expect(files).toHaveLength(19);
});
