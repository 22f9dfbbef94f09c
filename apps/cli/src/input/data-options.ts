import type { Command } from 'commander';
import { wholeNumber } from './numbers.js';

/** Options that say which data a run uses. */
export interface DataOptions {
  readonly data: string;
  readonly trainImages?: number;
}

export function withData(command: Command): Command {
  return command
    .option(
      '--data <name>',
      'a data set by name, or a folder with one folder of images per class',
      'fashion-mnist-sample',
    )
    .option('--train-images <count>', 'use only the first training images', wholeNumber(2));
}
