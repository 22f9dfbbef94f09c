import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Finding } from './finding.js';

/** Whether the state folder can be written, or made. */
export function stateFolderFinding(folder: string): Finding {
  const path = resolve(folder);
  const existing = nearestExisting(path);
  const advice = 'Name a folder that can be written (--state FOLDER or ONESHOT_STATE).';
  if (!statSync(existing).isDirectory())
    return { what: 'state folder', found: `${existing} is a file`, state: 'problem', advice };
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch {
    return { what: 'state folder', found: `${existing} cannot be written`, state: 'problem', advice };
  }
  return { what: 'state folder', found: existing === path ? path : `${path}, not made yet`, state: 'well' };
}

function nearestExisting(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}
