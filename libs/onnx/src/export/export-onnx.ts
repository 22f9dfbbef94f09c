import type { CellBlock, NetworkDescription } from '@oneshot/nas';
import { OnnxError } from '../error.js';
import { GraphBuilder, type ValueName } from '../graph/graph-builder.js';
import { encodeModel } from '../graph/model.js';
import { type ModelMetadata, metadataProperties, type Normalisation } from '../metadata.js';
import { networkBanks } from './banks.js';
import { exportCell } from './cell.js';
import { exportHead } from './head.js';
import { exportMix } from './mix.js';
import { exportOperation } from './operation.js';

export interface ExportOptions {
  readonly description: NetworkDescription;
  /**
   * Weights and running statistics by name, as `Network.state()` gives them. The auxiliary head's
   * are left out.
   */
  readonly state: Readonly<Record<string, Float32Array>>;
  readonly normalisation: Normalisation;
  readonly metadata: ModelMetadata;
  /**
   * Coefficients `[mixCount]` by block group. Default: 1 for each, what drop path comes to when
   * nothing is dropped.
   */
  readonly mix?: ReadonlyMap<string, Float32Array>;
}

/**
 * Writes a network as an ONNX file (opset 17). Input `image`: float32
 * `[batch, channels, height, width]` of raw pixel values 0–255, any batch; normalisation is inside
 * the graph. Output `logits`: float32 `[batch, outputs]`. Throws OnnxError `invalid_weights`.
 */
export function exportOnnx(options: ExportOptions): Uint8Array {
  const { description, state, normalisation, metadata } = options;
  checkSizes(description, normalisation, metadata);
  const banks = networkBanks(description, state);
  const graph = new GraphBuilder();
  const batch = batchSize(graph, 'image');
  const image = normalised(graph, 'image', normalisation);
  const outputs: ValueName[] = [];
  const source = (from: number): ValueName => (from === -1 ? image : (outputs[from] ?? missingBlock(from)));
  for (const [i, block] of description.blocks.entries()) {
    const inputs = block.from.map(source);
    switch (block.kind) {
      case 'cell': {
        const bank = { ...(banks.blocks[i] ?? missingBlock(i)), mix: cellMix(block, options.mix) };
        outputs.push(exportCell(graph, block.schedule, inputs, batch, bank, block.name));
        break;
      }
      case 'operation':
        outputs.push(exportOperation(graph, block, banks.arrays, inputs));
        break;
      case 'mix':
        outputs.push(exportMix(graph, description, block, options.mix, inputs));
    }
  }
  const { head } = description;
  if (head.kind === 'classifier') exportHead(graph, description, head, banks, source(head.from));
  else graph.node('Identity', [source(head.from)], 'logits');
  const { channels, height, width } = description.input;
  return encodeModel(
    graph,
    'oneshot',
    { name: 'image', dims: ['batch', channels, height, width] },
    { name: 'logits', dims: ['batch', description.outputs] },
    metadataProperties(metadata, normalisation),
  );
}

function normalised(graph: GraphBuilder, image: ValueName, { mean, std }: Normalisation): ValueName {
  const constant = (values: readonly number[], name: string): ValueName =>
    graph.floats(
      Float32Array.from(values, (value) => 255 * value),
      [values.length, 1, 1],
      name,
    );
  const centred = graph.node('Sub', [image, constant(mean, 'normalise/mean')], 'normalise/centred');
  return graph.node('Div', [centred, constant(std, 'normalise/std')], 'normalise/image');
}

/** Number of images as an int64 vector of one entry. */
function batchSize(graph: GraphBuilder, image: ValueName): ValueName {
  const shape = graph.node('Shape', [image], 'batch/shape');
  return graph.node('Gather', [shape, graph.integers([0], 'batch/axis')], 'batch/size', { axis: 0 });
}

/** The mix of a cell: its groups' coefficients one after the other. */
function cellMix({ groups, schedule, name }: CellBlock, mix: ExportOptions['mix']): Float32Array {
  const given = groups.flatMap((group) => Array.from(mix?.get(group) ?? []));
  return coefficients(given.length === 0 ? undefined : Float32Array.from(given), schedule.mixCount, name);
}

function coefficients(given: Float32Array | undefined, count: number, block: string): Float32Array {
  if (given === undefined) return new Float32Array(count).fill(1);
  if (given.length === count) return given;
  throw new OnnxError('invalid_weights', `mix of ${block}`, `${given.length} coefficients`, `${count}`);
}

function checkSizes(description: NetworkDescription, { mean, std }: Normalisation, { classes }: ModelMetadata): void {
  const { channels } = description.input;
  if (mean.length !== channels || std.length !== channels || !std.every((value) => value > 0)) {
    throw new OnnxError(
      'invalid_weights',
      'normalisation',
      `mean ${mean.join(', ')}; std ${std.join(', ')}`,
      `${channels} of each, std above 0`,
    );
  }
  if (classes.length !== description.outputs) {
    throw new OnnxError('wrong_class_count', 'metadata.classes', `${classes.length} names`, `${description.outputs}`);
  }
}

function missingBlock(index: number): never {
  throw new OnnxError(
    'invalid_weights',
    `blocks[${index}]`,
    'a block that is read before it has run',
    'earlier blocks only',
  );
}
