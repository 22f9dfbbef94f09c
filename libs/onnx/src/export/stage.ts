import type { ConvolutionSchedule, DepthwiseSchedule, StageSchedule } from '@oneshot/engine';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import { type Bank, stretch, transposed } from './bank.js';
import { exportNorm } from './norm.js';

/** A value with its number of channels. */
export interface Channelled {
  readonly value: ValueName;
  readonly channels: number;
}

/** ReLU, depthwise convolution, dense convolution, norm: those that the stage has. */
export function exportStage(
  graph: GraphBuilder,
  stage: StageSchedule,
  input: Channelled,
  bank: Bank,
  name: string,
): Channelled {
  let { value, channels } = input;
  if (stage.relu) value = graph.relu(value);
  if (stage.depthwise) value = depthwise(graph, stage.depthwise, { value, channels }, bank, `${name}/depthwise`);
  if (stage.convolution) {
    value = dense(graph, stage.convolution, { value, channels }, bank, `${name}/conv`);
    channels = stage.convolution.channels;
  }
  if (stage.norm) value = exportNorm(graph, stage.norm, channels, value, bank, `${name}/norm`);
  return { value, channels };
}

/** The engine's `[size, size, channels]` becomes ONNX's `[channels, 1, size, size]`. */
function depthwise(
  graph: GraphBuilder,
  schedule: DepthwiseSchedule,
  input: Channelled,
  bank: Bank,
  name: string,
): ValueName {
  const { size, stride, dilation } = schedule;
  const { channels } = input;
  const area = size * size;
  const kernel = transposed(stretch(bank.weights, schedule.weights, area * channels, name), area, channels);
  const weights = graph.floats(kernel, [channels, 1, size, size], `${name}/kernel`);
  const padding = (dilation * (size - 1)) / 2;
  return graph.node('Conv', [input.value, weights], name, {
    group: channels,
    kernel_shape: [size, size],
    strides: [stride, stride],
    dilations: [dilation, dilation],
    pads: [padding, padding, padding, padding],
  });
}

/** The engine's `[size, size, in, out]` becomes ONNX's `[out, in, size, size]`. */
function dense(
  graph: GraphBuilder,
  schedule: ConvolutionSchedule,
  input: Channelled,
  bank: Bank,
  name: string,
): ValueName {
  const { size, stride, channels: out } = schedule;
  const area = size * size;
  const count = area * input.channels * out;
  const kernel = transposed(stretch(bank.weights, schedule.weights, count, name), area, input.channels * out);
  const weights = graph.floats(
    transposed(kernel, input.channels, out, area),
    [out, input.channels, size, size],
    `${name}/kernel`,
  );
  const padding = (size - 1) / 2;
  return graph.node('Conv', [input.value, weights], name, {
    kernel_shape: [size, size],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  });
}
