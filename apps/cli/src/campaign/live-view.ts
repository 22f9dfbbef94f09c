import type { CampaignMember } from '@oneshot/contracts';
import { clock } from '../output/duration.js';
import { type LiveScreen, terminalScreen } from '../output/live-screen.js';
import type { Output } from '../output/output.js';
import { progressBar } from '../output/progress-bar.js';
import { formatTable } from '../output/table.js';
import { expectationText } from '../runs/expectation.js';
import { lineColumns } from '../runs/run-line.js';
import { RunRate, rateText } from '../runs/run-progress.js';
import {
  activeRun,
  memberError,
  memberExpectation,
  memberKey,
  memberLine,
  memberName,
  memberRow,
} from './member-lines.js';

/** Shows a campaign while it runs. */
export interface LiveView {
  /** Takes in a member as it is now. */
  show(member: CampaignMember): void;
  close(): void;
}

/**
 * On a terminal one line per member, drawn over; elsewhere a line when something worth a line
 * happens; with JSON every change.
 */
export function createLiveView(output: Output, members: readonly CampaignMember[]): LiveView {
  if (output.json) return jsonView(output);
  return output.terminal ? terminalView(members, terminalScreen()) : plainView(members, output);
}

function jsonView(output: Output): LiveView {
  return { show: (member) => output.result(() => '', { type: 'member', member }), close: () => {} };
}

function severalBenchmarks(members: readonly CampaignMember[]): boolean {
  return new Set(members.map((member) => member.benchmark)).size > 1;
}

function terminalView(initial: readonly CampaignMember[], screen: LiveScreen): LiveView {
  const members = new Map(initial.map((member) => [memberKey(member), member]));
  const several = severalBenchmarks(initial);
  const started = Date.now();
  const rates = new Map<string, RunRate>();
  const lines = (width: number) => {
    const all = [...members.values()];
    const table = formatTable(
      [{ name: '' }, ...lineColumns],
      all.map((member) => memberRow(member, several)),
    );
    const done = all.filter((member) => ['done', 'failed', 'cancelled'].includes(member.stage)).length;
    const expected = all.flatMap((member) => {
      const expectation = memberExpectation(member);
      return expectation === undefined ? [] : [`${memberName(member, several)} ${expectationText(expectation)}`];
    });
    const time = clock((Date.now() - started) / 1000);
    const steps = [...rates.values()].flatMap(({ stepsPerSecond }) => stepsPerSecond ?? []);
    const rate = steps.length === 0 ? [] : [rateText(steps.reduce((sum, each) => sum + each, 0))];
    const bar = progressBar(
      all.length === 0 ? 0 : done / all.length,
      [`${done} of ${all.length} done`, ...rate, time],
      width,
    );
    return [bar, ...table.split('\n'), ...expected];
  };
  // The clock goes on while nothing else changes.
  const ticking = setInterval(() => screen.draw(lines), 1000);
  screen.draw(lines);
  return {
    show: (member) => {
      const key = memberKey(member);
      members.set(key, member);
      rates.set(key, observed(rates.get(key), member));
      screen.draw(lines);
    },
    close: () => {
      clearInterval(ticking);
      screen.draw(lines);
      screen.close();
    },
  };
}

/** The rate of the run that is at work for a member, if one is. */
function observed(rate = new RunRate(), member: CampaignMember): RunRate {
  const active = activeRun(member);
  if (active === undefined) return new RunRate();
  rate.observe(active);
  return rate;
}

const quietMs = 10_000;

function plainView(initial: readonly CampaignMember[], output: Output): LiveView {
  const several = severalBenchmarks(initial);
  const told = new Map<string, { readonly stage: string; readonly epoch: number; readonly at: number }>();
  const expectationsTold = new Map<string, string>();
  return {
    show: (member) => {
      const key = memberKey(member);
      const expectation = memberExpectation(member);
      if (expectation !== undefined && expectationsTold.get(key) !== member.stage) {
        expectationsTold.set(key, member.stage);
        output.remark(`${memberName(member, several)}: ${member.stage}, ${expectationText(expectation)}`);
      }
      const { stage, epoch } = memberLine(member);
      const before = told.get(key);
      const newStage = before?.stage !== stage;
      if (!newStage && (before.epoch === epoch || Date.now() - before.at < quietMs)) return;
      told.set(key, { stage, epoch, at: Date.now() });
      output.remark(describe(member, several));
    },
    close: () => {},
  };
}

function describe(member: CampaignMember, several: boolean): string {
  const { stage, epoch, epochs, loss, accuracy, etaSeconds } = memberLine(member);
  const error = memberError(member);
  return [
    `${memberName(member, several)}: ${stage}`,
    ...(epochs > 0 ? [`epoch ${epoch} of ${epochs}`] : []),
    ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
    ...(accuracy === undefined ? [] : [`accuracy ${(100 * accuracy).toFixed(2)} %`]),
    ...(etaSeconds === undefined ? [] : [`${clock(etaSeconds)} left`]),
    ...(error === undefined ? [] : [error]),
  ].join(', ');
}
