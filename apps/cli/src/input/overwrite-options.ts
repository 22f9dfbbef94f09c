import type { Command } from 'commander';
import type { OverwriteRules } from '../files/overwriting.js';

/** Options of every command that writes files. */
export interface OverwriteOptions {
  readonly force?: true;
}

export function withForce(command: Command): Command {
  return command.option('--force', 'overwrite files that exist; an input never');
}

/** @param inputs files and folders the command reads; names of anything else are ignored */
export function overwriteRules({ force }: OverwriteOptions, inputs: readonly (string | undefined)[]): OverwriteRules {
  return { inputs: inputs.filter((input) => input !== undefined), force: force === true };
}
