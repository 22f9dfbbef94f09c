import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadCampaignOptions, readCampaign } from '@oneshot/coordinator';
import { createSpace } from '@oneshot/nas';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../input/read-document.js';
import { withMethods } from './chosen-methods.js';

const folder = join(import.meta.dirname, '../../../../examples');
// Where the modules that examples name as spaces lie.
process.env.ONESHOT_SPACES = folder;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
const found: ReadCampaignOptions = {
  identifyData: async (data) => ({ ok: true, data: { ...data, digest: '0'.repeat(64) } }),
  tabularFault: () => undefined,
};
const faultsOf = async (value: unknown) => {
  const read = await readCampaign(value, found);
  return read.ok ? [] : read.faults.map(({ path, message }) => `${path}: ${message}`);
};
const spaces = files.filter((path) => path.startsWith('spaces'));
const suite = files.filter((path) => path.startsWith('darts-bench') && !path.endsWith('small.yaml'));

describe('examples', () => {
  test.each(files.filter((path) => ![...suite, ...spaces].includes(path)))('%s is accepted as it is', async (path) => {
    expect(await faultsOf(readDocument(join(folder, path)).value)).toEqual([]);
  });

  test.each(spaces)('%s is a space', (path) => {
    expect(createSpace(readDocument(join(folder, path)).value).choices.length).toBeGreaterThan(0);
  });

  test.each(suite)(
    '%s is refused with the names of methods that are not there, and --methods runs the rest',
    async (path) => {
      const document = readDocument(join(folder, path));
      const faults = await faultsOf(document.value);
      for (const missing of ['fair_darts', 'oles', 'smooth_darts']) {
        expect(faults.filter((fault) => fault.includes(`unknown method "${missing}"`))).toHaveLength(1);
      }
      expect(await faultsOf(withMethods(document, ['darts', 'gdas', 'drnas', 'pc_darts']).value)).toEqual([]);
    },
  );
});

describe('--methods', () => {
  const document = readDocument(join(folder, 'darts-bench/wide-regular.yaml'));

  test('keeps the order of the file, and the place of each method in it', () => {
    const chosen = withMethods(document, ['smooth_darts', 'gdas']);
    expect(chosen.value.methods).toMatchObject([{ name: 'gdas' }, { name: 'smooth_darts' }]);
    expect(chosen.positionOf('methods[1].profile')).toBe(document.positionOf('methods[6].profile'));
    expect(chosen.positionOf('seeds')).toBe(document.positionOf('seeds'));
  });

  test('names what the campaign does not have, and what it has', () => {
    expect(() => withMethods(document, ['darts', 'dartz'])).toThrow(
      /--methods: found dartz; .* has darts, drnas, fair_darts/,
    );
  });
});
