import { PRECISIONS } from '@oneshot/nas';
import { Option } from 'commander';

/** `--precision`: what cells run in. */
export function precisionOption(description: string): Option {
  return new Option('--precision <name>', description).choices(PRECISIONS);
}
