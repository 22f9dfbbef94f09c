import type { ImageRule, Resize } from '@oneshot/data';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from './numbers.js';

// Written out here, so that help need not load what reads data.
const resizes = ['crop', 'pad', 'stretch'] as const satisfies readonly Resize[];

/** Options that say how a folder of images is read. */
export type ImageRuleOptions = Pick<ImageRule, 'imageSize' | 'resize' | 'skipUnreadable'>;

/** Options that say which data a run uses. */
export interface DataOptions extends ImageRuleOptions {
  readonly data: string;
  readonly trainImages?: number;
}

export function withData(command: Command): Command {
  const named = command
    .option(
      '--data <name>',
      'a data set by name, or a folder with one folder of images per class',
      'fashion-mnist-sample',
    )
    .option('--train-images <count>', 'use only the first training images', wholeNumber(2));
  return withImageRule(named);
}

/** @param defaults in words */
export function withImageRule(command: Command, defaults = { imageSize: 'by the images', resize: 'crop' }): Command {
  const sizes = `of a folder: a side, HEIGHTxWIDTH, or native (default: ${defaults.imageSize})`;
  const how = `of a folder: how images of other sizes are brought to it (default: ${defaults.resize})`;
  return command
    .option('--image-size <pixels>', sizes, imageSize)
    .addOption(new Option('--resize <how>', how).choices(resizes))
    .option('--skip-unreadable', 'of a folder: leave files out that are no whole images');
}

/** Such as `48`, `48x64` or `native`; the range is checked with everything else. */
function imageSize(text: string): NonNullable<ImageRule['imageSize']> {
  if (text === 'native') return text;
  const sides = /^(\d+)(?:[x×](\d+))?$/.exec(text);
  if (sides === null)
    throw new InvalidArgumentError('allowed: a side such as 48, HEIGHTxWIDTH such as 48x64, or native');
  const [height, width] = [Number(sides[1]), sides[2] === undefined ? undefined : Number(sides[2])];
  return width === undefined ? height : [height, width];
}
