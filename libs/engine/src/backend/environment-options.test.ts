import { expect, it } from 'vitest';
import { environmentOptions } from './environment-options.js';

it('threads and backend come from the environment; what it leaves open is left to the engine', () => {
  expect(environmentOptions({})).toEqual({});
  expect(environmentOptions({ ONESHOT_THREADS: '3', ONESHOT_BACKEND: 'reference' })).toEqual({
    threads: 3,
    backend: 'reference',
  });
  expect(() => environmentOptions({ ONESHOT_BACKEND: 'gpu' })).toThrow(
    'ONESHOT_BACKEND: found "gpu"; allowed: auto, native, reference, tensorflow',
  );
});
