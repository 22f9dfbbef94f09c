import { describe, expect, it } from 'vitest';
import { resolveProfile } from '../profiles/resolve.js';
import { createSpace } from '../spaces/space.js';

describe('a stop', () => {
  const darts = createSpace({ name: 'darts', nodes: 1 });
  const stop = (options: object) => ({ method: 'darts', stop: { name: 'skip_count', ...options } });

  it.each([
    ['that never can fire', stop({ count: 3 }), 'profile.stop.count: found 3; at most 2'],
    ['of more epochs than there are', stop({ patience: 51 }), 'profile.stop.patience: found 51; at most 50'],
    ['on a random selection', { ...stop({}), selector: 'random' }, 'profile.stop.name: skip_count looks at what'],
  ])('%s is refused', (_, profile, message) => {
    expect(() => resolveProfile(profile, darts)).toThrow(message);
  });

  it('is refused in spaces without cells', () => {
    expect(() => resolveProfile(stop({}), createSpace('conv_macro'))).toThrow('conv_macro has none there');
  });
});
