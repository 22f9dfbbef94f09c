import type { CleanArtifactsRequest } from '@oneshot/contracts';
import type { ServiceOptions } from '../input/common-options.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { namedDigests } from '../runs/named-digests.js';
import { withSession } from '../session/with-session.js';

export interface CleanCommandOptions extends ServiceOptions {
  readonly delete?: true;
  /** In hours. */
  readonly olderThan: number;
}

const digestsInMessage = 1000;
const deadlineMs = 30 * 60_000;

/**
 * What `oneshot clean` does: marks every file that a run names, and has the registry tell or delete
 * the others.
 */
export async function clean(options: CleanCommandOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const deleting = options.delete === true;
  const onInterrupted = () => '';
  const told = await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }, signal) => {
    // Whole before the first byte goes: a service that does not answer ends it here.
    const keep = await namedDigests(services);
    const first = { graceSeconds: 3600 * options.olderThan, delete: deleting };
    return services.registry.cleanArtifacts(requestParts(first, [...keep]), { signal, deadlineMs });
  });
  const { artifacts, bytes, kept, largest } = told;
  const text = () => {
    const what = `${artifacts} ${artifacts === 1 ? 'file' : 'files'} of ${megabytes(bytes)}`;
    const stays = `${kept} ${kept === 1 ? 'stays' : 'stay'}.`;
    if (artifacts === 0) return `Nothing is stored that nothing refers to; ${stays}`;
    const line = deleting ? `Deleted ${what}; ${stays}` : `Nothing refers to ${what}; ${stays} Deleted with --delete.`;
    const columns = [{ name: 'the largest' }, { name: 'type' }, { name: 'size', number: true }];
    const rows = largest.map(({ digest, mediaType, size }) => [digest.slice(0, 12), mediaType, megabytes(size)]);
    return `${line}\n\n${formatTable(columns, rows)}`;
  };
  output.result(text, { type: 'cleaning', deleted: deleting, artifacts, bytes, kept, largest });
}

function* requestParts(
  options: { readonly graceSeconds: number; readonly delete: boolean },
  keep: readonly string[],
): Iterable<CleanArtifactsRequest> {
  yield { part: { $case: 'options', value: options } };
  for (let begin = 0; begin < keep.length; begin += digestsInMessage) {
    yield { part: { $case: 'keep', value: { digests: keep.slice(begin, begin + digestsInMessage) } } };
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 3 : 0)} MB`;
}
