import { type Run, RunState } from '@oneshot/contracts';
import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import { clock } from '../output/duration.js';
import { type LiveScreen, terminalScreen } from '../output/live-screen.js';
import type { Output } from '../output/output.js';
import { progressBar } from '../output/progress-bar.js';
import { formatTable } from '../output/table.js';
import type { Services } from '../session/services.js';
import { expectationOf, expectationText } from './expectation.js';
import { failedRun } from './failed-run.js';
import { methodsOf, type RunKind } from './run-kinds.js';
import { hasEnded, lineCells, lineColumns, runLine } from './run-line.js';
import { doneFraction, RunRate, rateText } from './run-progress.js';

/** Shows a run until it has ended, and returns it as it ended. */
export async function followToEnd(
  services: Services,
  kind: RunKind,
  run: Run,
  output: Output,
  signal: AbortSignal,
): Promise<Run> {
  const view = singleView(kind, output);
  let last = run;
  try {
    view.show(run);
    const onInterruption = () => output.remark(`The service of ${kind} runs is away; waiting for it.`);
    for await (const changed of methodsOf(services, kind).follow(run.id, { signal, onInterruption })) {
      last = changed;
      view.show(changed);
    }
  } finally {
    view.close();
  }
  return last;
}

/** Returns a run that succeeded; fails with what happened for any other. */
export function succeeded(kind: RunKind, run: Run): Run {
  if (run.state === RunState.RUN_STATE_SUCCEEDED) return run;
  if (run.state === RunState.RUN_STATE_CANCELLED) {
    throw new Failure(`The ${kind} run was cancelled.`, { exitCode: ExitCode.cancelled, reason: 'CANCELLED' });
  }
  throw failedRun(kind, run.error);
}

interface SingleView {
  show(run: Run): void;
  close(): void;
}

function singleView(kind: RunKind, output: Output): SingleView {
  if (output.json) return { show: (run) => output.result(() => '', { type: kind, run }), close: () => {} };
  return output.terminal ? drawnView(kind, terminalScreen()) : plainView(kind, output);
}

function drawnView(kind: RunKind, screen: LiveScreen): SingleView {
  const rate = new RunRate();
  return {
    show: (run) => {
      rate.observe(run);
      screen.draw((width) => {
        const expectation = expectationOf(run);
        const table = formatTable([{ name: '' }, ...lineColumns], [[kind, ...lineCells(runLine(run))]]);
        return [
          ...barLines(run, rate, width),
          ...table.split('\n'),
          ...(expectation === undefined ? [] : [expectationText(expectation)]),
        ];
      });
    },
    close: () => screen.close(),
  };
}

function barLines(run: Run, { stepsPerSecond }: RunRate, width: number): string[] {
  const fraction = doneFraction(run);
  if (fraction === undefined) return [];
  const { etaSeconds } = runLine(run);
  const notes = [
    ...(stepsPerSecond === undefined ? [] : [rateText(stepsPerSecond)]),
    ...(etaSeconds === undefined ? [] : [`${clock(etaSeconds)} left`]),
  ];
  return [progressBar(fraction, notes, width)];
}

const quietMs = 10_000;

function plainView(kind: RunKind, output: Output): SingleView {
  let told = { stage: '', epoch: -1, at: 0 };
  let expectationTold = false;
  return {
    show: (run) => {
      const expectation = expectationOf(run);
      if (expectation !== undefined && !expectationTold) {
        expectationTold = true;
        output.remark(`${kind}: ${expectationText(expectation)}`);
      }
      const { stage, epoch, epochs, loss, accuracy, etaSeconds } = runLine(run);
      const calm = stage === told.stage && (epoch === told.epoch || Date.now() - told.at < quietMs);
      if (calm && !hasEnded(run)) return;
      told = { stage, epoch, at: Date.now() };
      const parts = [
        `${kind}: ${stage}`,
        ...(epochs > 0 ? [`epoch ${epoch} of ${epochs}`] : []),
        ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
        ...(accuracy === undefined ? [] : [`accuracy ${(100 * accuracy).toFixed(2)} %`]),
        ...(etaSeconds === undefined ? [] : [`${clock(etaSeconds)} left`]),
      ];
      output.remark(parts.join(', '));
    },
    close: () => {},
  };
}
