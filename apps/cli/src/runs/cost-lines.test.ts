import { Run } from '@oneshot/contracts';
import { expect, test } from 'vitest';
import { costLines } from './cost-lines.js';

test('the cost of a network stands in a line, and nowhere where a result of version 0.1 does not tell it', () => {
  expect(costLines(Run.fromPartial({ result: { parameters: 3_349_342, multiplyAdds: 547_000_000 } }))).toEqual([
    'Network: 3,349,342 parameters, 547,000,000 multiply-adds per image',
  ]);
  expect(costLines(Run.fromPartial({ result: { parameters: 3_349_342 } }))).toEqual([]);
});
