import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';

const longest = 255;

/**
 * Throws a Failure unless every name that a service gave is that of a file in a folder, and leads
 * nowhere else.
 */
export function refuseForeignNames(names: readonly string[]): void {
  const wrong = names.filter((name) => !isFileName(name));
  if (wrong.length === 0) return;
  const told = wrong.map((name) => JSON.stringify(name)).join(', ');
  throw new Failure(`The service answered with names that are no file names: ${told}. Nothing was written.`, {
    exitCode: ExitCode.unexpected,
    reason: 'FOREIGN_FILE_NAME',
  });
}

/**
 * Separators of any system, drives, and what the system itself reads into a name are refused on
 * every system.
 */
function isFileName(name: string): boolean {
  const apart = /[/\\:]/.test(name) || [...name].some((character) => character < ' ');
  return name !== '' && name.length <= longest && !apart && name !== '.' && name !== '..';
}
