import { createLiveView } from '../campaign/live-view.js';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { createOutput } from '../output/output.js';
import { campaignOf, findRun } from '../runs/find.js';
import { followCampaign } from '../runs/follow-campaign.js';
import { followToEnd, succeeded } from '../runs/follow-to-end.js';
import { stateWord } from '../runs/run-line.js';
import { withSession } from '../session/with-session.js';

/** What `oneshot watch` does. */
export async function watch(id: string, options: ServiceOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const onInterrupted = () => `What is done is kept. To go on: oneshot watch ${id}`;
  await withSession(options, { involvement: 'work-unless-served', onInterrupted }, async ({ services }, signal) => {
    const found = await findRun(services, id);
    if (found === undefined) throw badInput(`There is no run "${id}". To see what there is: oneshot list`);
    const { kind, run } = found;
    if (kind !== 'campaign') {
      const ended = succeeded(kind, await followToEnd(services, kind, run, output, signal));
      return output.result(() => `${kind} ${stateWord(ended.state)}`, { type: 'result', kind, run: ended });
    }
    const view = createLiveView(output, (await campaignOf(services, run.id)).members);
    try {
      const onInterruption = () => output.remark('The coordinator is away; waiting for it.');
      for await (const { change } of followCampaign(services.coordinator, run.id, { signal, onInterruption })) {
        if (change?.$case === 'member') view.show(change.value);
      }
    } finally {
      view.close();
    }
    const { campaign } = await services.coordinator.getCampaign({ id: run.id });
    const ended = succeeded(kind, campaign ?? run);
    output.result(() => `campaign ${stateWord(ended.state)}; oneshot show ${run.id.slice(0, 12)} tells more`, {
      type: 'result',
      kind,
      run: ended,
    });
  });
}
