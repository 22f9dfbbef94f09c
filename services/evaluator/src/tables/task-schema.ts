import { plotKinds, postHocTests, type TableTask } from '@oneshot/evaluation';
import { faultsOf } from '@oneshot/nas';
import { figureFormats } from '@oneshot/plots';
import { type FieldFault, invalidArgument } from '@oneshot/service-kit';
import { z } from 'zod';

const name = z.string().min(1).max(500);
const reading = z.strictObject({
  form: z.enum(['long', 'wide']).exactOptional(),
  columns: z
    .strictObject({
      method: name.exactOptional(),
      benchmark: name.exactOptional(),
      seed: name.exactOptional(),
      value: name.exactOptional(),
    })
    .exactOptional(),
  direction: z.enum(['up', 'down']).exactOptional(),
  measure: name.exactOptional(),
  without: z.array(name).min(1).exactOptional(),
});
const analysis = z.strictObject({
  alpha: z.number().gt(0).lt(1).exactOptional(),
  postHoc: z.enum(postHocTests).exactOptional(),
});
const files = z.enum(['data', 'all']).default('data');

const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rank'), reading: reading.default({}), analysis: analysis.default({}), files }),
  z.strictObject({
    kind: z.literal('compare'),
    reading: reading.default({}),
    analysis: analysis.default({}),
    files,
    methods: z.array(name).min(1).exactOptional(),
    control: name.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('plot'),
    plot: z.enum(plotKinds),
    reading: reading.default({}),
    analysis: analysis.default({}),
    title: name.exactOptional(),
    xLabel: name.exactOptional(),
    yLabel: name.exactOptional(),
    xScale: z.enum(['linear', 'log']).default('linear'),
    format: z.enum(figureFormats).default('svg'),
    theme: z.enum(['light', 'dark']).default('light'),
  }),
]);

/** Reads a task and fills in its defaults. INVALID_ARGUMENT names every field at fault. */
export function parseTask(kind: TableTask['kind'], input: unknown): TableTask {
  const given = typeof input === 'object' && input !== null ? input : {};
  const parsed = taskSchema.safeParse({ kind, ...given });
  const faults: FieldFault[] = parsed.success ? [] : faultsOf(parsed.error, { kind, ...given }, 'task');
  if (parsed.success && parsed.data.kind === kind) return parsed.data;
  if (parsed.success) {
    faults.push({
      path: 'task.kind',
      found: parsed.data.kind,
      allowed: kind,
      message: `found ${parsed.data.kind}, allowed: ${kind}`,
    });
  }
  throw invalidArgument(faults, 'INVALID_TASK');
}
