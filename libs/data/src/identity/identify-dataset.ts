import type { LocateOptions } from '../locate.js';
import type { OpenOptions } from '../open.js';
import { IdentityThread } from './identity-thread-host.js';

const thread = new IdentityThread();
/** Digests, by options and by the state of the files they were found in. Promises, so that who asks at the same time waits for one reading. */
const digests = new Map<string, Promise<string>>();
const mostKept = 256;

/**
 * Digest of what a data set holds, without keeping its images or blocking this thread. It is read once for as long as names, sizes and times of its
 * files stay the same. Throws DataError with every fault found.
 */
export async function identifyDataset(name: string, options: OpenOptions = {}): Promise<string> {
  const asked = { name, options: { ...options, environment: environmentOf(options) } };
  const state = await thread.ask({ wanted: 'file-state', ...asked });
  const key = JSON.stringify([name, state, options.imageSize]);
  const known = digests.get(key);
  if (known !== undefined) return known;
  const digest = thread.ask({ wanted: 'digest', ...asked });
  digests.set(key, digest);
  digest.catch(() => digests.delete(key));
  const [oldest] = digests.keys();
  if (digests.size > mostKept && oldest !== undefined) digests.delete(oldest);
  return digest;
}

/** What decides where data sets are; a thread that runs already has the environment it was started with. */
function environmentOf({ environment = process.env }: LocateOptions): Readonly<Record<string, string>> {
  const names = ['ONESHOT_DATA', 'HOME', 'USERPROFILE', 'XDG_DATA_HOME'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
