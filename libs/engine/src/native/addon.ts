import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as NativeAddon from '../../native/index.js';

/** The Rust addon, as `native/index.d.ts` describes it. */
export type Addon = typeof NativeAddon;
export type { CellPlan, ConvolutionGeometry, InstructionSet, Keep, Saved } from '../../native/index.js';

/** The addon, or why it is not there and what to do. */
export type AddonResult = { readonly addon: Addon } | { readonly reason: string };

const place = fileURLToPath(new URL('../../native/oneshot.node', import.meta.url));
let loaded: AddonResult | undefined;

const needed: readonly (keyof Addon)[] = [
  'CellPlan',
  'convolution',
  'softmaxCrossEntropy',
  'momentumSgd',
  'roundBf16',
  'poolStatistics',
  'weightedSum',
  'squeezeExcite',
];

/** Loads the addon on first use. */
export function loadAddon(): AddonResult {
  loaded ??= loadAddonFrom(place);
  return loaded;
}

/** Loads an addon from a place of its own. */
export function loadAddonFrom(place: string): AddonResult {
  if (!existsSync(place)) {
    return { reason: 'The native engine is not built: install Rust (https://rustup.rs), then run `npm run setup`.' };
  }
  try {
    const addon = createRequire(import.meta.url)(place) as Addon;
    const missing = needed.filter((name) => !(name in addon));
    if (missing.length === 0) return { addon };
    return {
      reason: `The native engine is older than this version (no ${missing[0]}): run \`npm run setup\` to build it anew.`,
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { reason: `The native engine cannot be loaded (${cause}): run \`npm run setup\` to build it anew.` };
  }
}
