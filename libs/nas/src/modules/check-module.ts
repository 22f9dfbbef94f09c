import { randomStream } from '@oneshot/engine';
import { derivedNetwork } from '../build/derived.js';
import { NasError } from '../errors.js';
import { randomGenotype } from '../genotype/random.js';
import { selectionOf } from '../genotype/selection-of.js';
import { createSpace } from '../spaces/space.js';
import { supernet } from '../supernet.js';
import { type ModuleDefinition, type ModuleSpace, moduleFault, wordsOf } from './module-space.js';

/**
 * Builds supernet, path and network of one architecture of a module's space, without computing
 * anything. Throws NasError `invalid_space` for a choice that is declared and never used, or used
 * and not declared, and for a graph that cannot be built.
 */
export function checkModule({ kind, used }: ModuleSpace, definition: ModuleDefinition): void {
  const { file } = definition;
  try {
    const space = createSpace(definition);
    const { halvings, least } = kind.images(definition);
    const side = 2 ** halvings * Math.ceil(Math.max(32, least) / 2 ** halvings);
    const target = { input: { height: side, width: side, channels: 3 }, outputs: 10 };
    const built = supernet(space, target);
    const unused = space.choices.filter(({ id }) => !used.has(id)).map(({ id }) => id);
    if (unused.length > 0) {
      throw moduleFault(`${file}: declares the choice ${unused.join(', ')} and never uses it in build`);
    }
    const genotype = randomGenotype(space, randomStream(0, 'module'));
    built.path(selectionOf(space, genotype), false);
    derivedNetwork(space, genotype, target);
  } catch (error) {
    if (error instanceof NasError) throw error;
    throw moduleFault(`${file}: its network cannot be built: ${wordsOf(error)}`);
  }
}
