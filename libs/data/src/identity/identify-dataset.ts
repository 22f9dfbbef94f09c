import { imageRuleOf } from '../folder/image-rule.js';
import type { LocateOptions } from '../locate.js';
import type { OpenOptions } from '../open.js';
import type { DatasetSurvey } from '../survey.js';
import { IdentityThread } from './identity-thread-host.js';

const thread = new IdentityThread();
/**
 * Surveys, by options and by the state of the files they were found in. Promises, so that who asks
 * at the same time waits for one reading.
 */
const surveys = new Map<string, Promise<DatasetSurvey>>();
const mostKept = 256;

/**
 * What a data set holds, and the digest of it, without keeping its images or blocking this thread.
 * It is read once for as long as names, sizes and times of its files stay the same. Throws
 * DataError with every fault found.
 */
export async function identifyDataset(name: string, options: OpenOptions = {}): Promise<DatasetSurvey> {
  const asked = { name, options: { ...options, environment: environmentOf(options) } };
  const state = await thread.ask({ wanted: 'file-state', ...asked });
  const key = JSON.stringify([name, state, imageRuleOf(options)]);
  const known = surveys.get(key);
  if (known !== undefined) return known;
  const survey = thread.ask({ wanted: 'survey', ...asked }).then((text) => JSON.parse(text) as DatasetSurvey);
  surveys.set(key, survey);
  survey.catch(() => surveys.delete(key));
  const [oldest] = surveys.keys();
  if (surveys.size > mostKept && oldest !== undefined) surveys.delete(oldest);
  return survey;
}

/**
 * What decides where data sets are; a thread that runs already has the environment it was started
 * with.
 */
function environmentOf({ environment = process.env }: LocateOptions): Readonly<Record<string, string>> {
  const names = ['ONESHOT_DATA', 'HOME', 'USERPROFILE', 'XDG_DATA_HOME'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
