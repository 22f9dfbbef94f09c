import type { Profile } from '../parts/profile.js';
import { darts, strongest } from './darts.js';
import { defineMethod } from './registry.js';

/**
 * DrNAS (Chen et al. 2021), as its authors run it on NAS-Bench-201 without progressive learning.
 */
export const drnas: Omit<Profile, 'selector'> = {
  ...darts,
  name: 'drnas',
  sampler: { name: 'dirichlet' },
  epochs: 100,
};

defineMethod({
  summary: 'architecture weights drawn from a Dirichlet, in one stage on all channels',
  source: 'Chen et al. 2021, section 2.2',
  profile: drnas,
  selectors: strongest,
});
