import { invalidArgument, notFound, pageSize } from '@oneshot/service-kit';
import type { JsonObject } from '../runs/run-record.js';
import type { RunStore } from '../runs/run-store-types.js';
import type { RunHandlers, SpecValidation } from './run-handlers-types.js';
import { briefRunMessage, runMessage, stateName, unstoredRunMessage } from './run-message.js';

export type { RunHandlers, SpecValidation };

export interface RunHandlersOptions {
  readonly runs: RunStore;
  /** Checks a spec and brings it into canonical form; `undefined` when the request has none. */
  readonly validate: (spec: unknown) => SpecValidation | Promise<SpecValidation>;
  /**
   * Whether everything that a result names is still stored, unharmed; asked when a run that
   * succeeded is submitted with `retry`, which does it again where that is not so. Default: always.
   */
  readonly isWhole?: ((result: JsonObject) => Promise<boolean>) | undefined;
}

/** How many runs one list may be asked for by their ids. */
const mostIds = 1000;

function tooManyIds(found: number): Error {
  const allowed = `at most ${mostIds} ids`;
  const fault = { path: 'only.ids', found: `${found} ids`, allowed, message: `found ${found}; allowed is ${allowed}` };
  return invalidArgument([fault], 'TOO_MANY_IDS');
}

/**
 * The five methods of a service with runs. To be joined with the service's own names:
 * `serve(SearcherServiceService, { submitSearch: handlers.submit, getSearch: handlers.get, … })`.
 */
export function createRunHandlers({ runs, validate, isWhole }: RunHandlersOptions): RunHandlers {
  async function redoIfDamaged(id: string): Promise<void> {
    const found = await runs.get(id);
    if (found?.result !== undefined && isWhole && !(await isWhole(found.result))) await runs.redo(id);
  }
  const named = (id: string) => notFound(`${runs.kind} run`, id);
  return {
    async submit(request) {
      const validation = await validate(request.spec);
      if (!validation.ok) throw invalidArgument(validation.faults);
      const { onlyFind, retry, requester } = request;
      if (onlyFind === true) {
        const found = await runs.get(validation.id);
        const run = found === undefined ? unstoredRunMessage(validation.id, validation.spec) : runMessage(found);
        return { run, created: false };
      }
      if (retry) await redoIfDamaged(validation.id);
      const { run, created } = await runs.submit(validation.id, validation.spec, retry, { requester });
      return { run: runMessage(run), created };
    },
    async get({ id }) {
      const run = await runs.get(id);
      if (!run) throw named(id);
      return { run: runMessage(run) };
    },
    async list(request) {
      const states = request.states.map((state, index) => {
        const name = stateName(state);
        if (name) return name;
        const allowed = 'a state other than RUN_STATE_UNSPECIFIED';
        const fault = { path: `states[${index}]`, found: String(state), allowed, message: `allowed is ${allowed}` };
        throw invalidArgument([fault], 'INVALID_STATE');
      });
      const ids = request.only?.ids;
      if (ids !== undefined && ids.length > mostIds) throw tooManyIds(ids.length);
      const { brief } = request;
      const page = await runs.list({
        states,
        ids,
        brief,
        pageSize: pageSize(request.pageSize, 100, 1000),
        pageToken: request.pageToken,
      });
      const told = brief === true ? briefRunMessage : runMessage;
      return { runs: page.runs.map(told), nextPageToken: page.nextPageToken ?? '' };
    },
    async *watch({ id, afterSequence }, context) {
      if (!(await runs.get(id))) throw named(id);
      for await (const change of runs.watch(id, afterSequence, context.signal)) {
        yield { firstSequence: change.firstSequence, sequence: change.sequence, run: runMessage(change.run) };
      }
    },
    async cancel({ id, requester }) {
      const run = await runs.cancel(id, requester);
      if (!run) throw named(id);
      return { run: runMessage(run) };
    },
  };
}
