import { expect, test } from 'vitest';
import { partsOf } from './report-input.js';

test('a campaign that is none is refused before any work on its report', () => {
  const refused = (path: string) => expect.objectContaining({ code: 3, fields: [expect.objectContaining({ path })] });
  expect(() => partsOf(undefined)).toThrow(refused('campaign'));
  expect(() => partsOf({ members: [null] })).toThrow(refused('campaign'));
  expect(() => partsOf({ members: [{ method: 'darts' }] })).toThrow(refused('campaign.campaign'));
});
