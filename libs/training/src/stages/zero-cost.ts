import '../proxies/all.gen.js';
import { z } from 'zod';
import { proxies } from '../proxies/proxy.js';
import { bestRanked } from '../proxies/rank.js';
import { drawnCandidates } from './candidates.js';
import { defineStageSelector, type StageChoice, type StageContext } from './stage-selectors.js';

const options = {
  /** Architectures drawn from what the supernet has learned. Default 100. */
  candidates: z.int().min(1).max(100_000).default(100),
};

/** One batch of the validation half, as the authors of the proxies take. */
function ranked(names: readonly string[], context: StageContext, candidates: number): Promise<StageChoice> {
  const { model, seed, signal } = context;
  return context.withImages(1, async ({ batches: [batch] }) => {
    if (batch === undefined) throw new RangeError('the validation half is empty');
    const drawn = drawnCandidates(context, candidates, { purpose: 'zero cost' });
    return { genotype: await bestRanked(names, drawn, { model, batch, seed }, signal) };
  });
}

for (const { name, summary, source } of proxies.all()) {
  defineStageSelector({
    name,
    summary: `the best of some drawn architectures by ${name}: ${summary}`,
    source,
    options,
    select: (context, { candidates }) => ranked([name], context, candidates),
  });
}

defineStageSelector({
  name: 'vote',
  summary: 'the best of some drawn architectures by the mean of its ranks under several zero-cost proxies',
  source: 'Abdelfattah et al. 2021, section 3.2, with ranks in place of pairwise votes',
  options: {
    ...options,
    /** Proxies that vote. Default the paper's three. */
    proxies: z
      .array(z.enum(proxies.names()))
      .min(1)
      .default(['synflow', 'jacob_cov', 'snip'])
      .refine((names) => new Set(names).size === names.length, { error: 'the same proxy twice' }),
  },
  select: (context, { candidates, proxies: names }) => ranked(names, context, candidates),
});
