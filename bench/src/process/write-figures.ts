import { writeFile } from 'node:fs/promises';
import { machine } from './machine.js';

/**
 * Writes figures, and what machine they are of, as JSON to the file that `--json` names; nothing
 * where it names none.
 */
export async function writeFigures(file: string | undefined, figures: object): Promise<void> {
  if (file === undefined) return;
  await writeFile(file, `${JSON.stringify({ machine: machine(), ...figures }, null, 2)}\n`);
}
