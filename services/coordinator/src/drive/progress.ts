import type { RunProgress } from '@oneshot/jobs';
import { type MemberState, type Stage, stageOf } from '../reconcile/member-state.js';

const working: readonly Stage[] = ['search', 'select', 'train', 'evaluate'];

/** A campaign's progress: the stage its slowest members are in; an "epoch" is a member that has ended. */
export function progressOf(members: readonly MemberState[]): RunProgress {
  const stages = members.map(stageOf);
  const ended = stages.filter((stage) => !working.includes(stage)).length;
  const metrics = Object.fromEntries(
    (['search', 'select', 'train', 'evaluate', 'done', 'failed', 'cancelled'] as const).map((stage) => [
      `members_${stage}`,
      stages.filter((found) => found === stage).length,
    ]),
  );
  const stage = working.find((stage) => stages.includes(stage)) ?? 'report';
  return { stage, epoch: ended, epochs: members.length, step: 0, steps: 0, metrics, etaSeconds: 0 };
}
