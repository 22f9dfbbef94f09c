import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { nastyInteger, nastyJson, nastyNumber, nastyText } from './nasty-values.js';
import type { Random } from './random.js';
import { almostValid } from './valid-requests.js';

/**
 * Serialized messages of a type, right in form and mostly wrong in what they say; some are not even
 * right in form.
 */
export class WireMessages {
  readonly #random: Random;
  /** Ids that exist. */
  readonly #known: readonly string[];

  constructor(random: Random, known: readonly string[]) {
    this.#random = random;
    this.#known = known;
  }

  of(message: DescMessage): Buffer {
    const random = this.#random;
    if (random.chance(0.05)) return Buffer.from(random.bytes(random.below(200)));
    const bytes = Buffer.from(this.#message(message, 0));
    if (bytes.length === 0 || random.chance(0.9)) return bytes;
    if (random.chance(0.5)) return bytes.subarray(0, random.below(bytes.length));
    for (let flips = random.below(6); flips >= 0; flips -= 1) bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  }

  #message(message: DescMessage, depth: number): Uint8Array {
    const random = this.#random;
    if (message.typeName === 'google.protobuf.Struct') {
      return structBytes(random.chance(0.7) ? almostValid(random, this.#known) : nastyJson(random, this.#known));
    }
    const writer = new BinaryWriter();
    for (const field of message.fields) {
      if (random.chance(0.2) || (depth > 4 && field.message)) continue;
      const times = field.fieldKind === 'list' ? random.of([0, 1, 2, 2, 5, 200]) : 1;
      for (let time = 0; time < times; time += 1) this.#field(writer, field, depth);
    }
    return writer.finish();
  }

  #field(writer: BinaryWriter, field: DescField, depth: number): void {
    const random = this.#random;
    if (field.fieldKind === 'map') return;
    if (field.message) {
      writer.tag(field.number, WireType.LengthDelimited).bytes(this.#message(field.message, depth + 1));
    } else if (field.fieldKind === 'enum' || (field.fieldKind === 'list' && field.listKind === 'enum')) {
      writer.tag(field.number, WireType.Varint).int32(random.of([0, 1, 2, 3, 99, -1]));
    } else {
      this.#scalar(writer, field.number, field.scalar);
    }
  }

  #scalar(writer: BinaryWriter, number: number, type: ScalarType | undefined): void {
    const random = this.#random;
    switch (type) {
      case ScalarType.STRING:
        writer.tag(number, WireType.LengthDelimited);
        if (random.chance(0.03)) writer.bytes(random.bytes(20));
        else writer.string(nastyText(random, this.#known));
        return;
      case ScalarType.BYTES:
        writer.tag(number, WireType.LengthDelimited).bytes(this.#chunk());
        return;
      case ScalarType.DOUBLE:
        writer.tag(number, WireType.Bit64).double(nastyNumber(random));
        return;
      case ScalarType.BOOL:
        writer.tag(number, WireType.Varint).bool(random.chance(0.5));
        return;
      case ScalarType.INT32:
        writer.tag(number, WireType.Varint).int32(random.of([0, 1, -1, 100, 1001, 2 ** 31 - 1, -(2 ** 31)]));
        return;
      default:
        writer.tag(number, WireType.Varint).int64(nastyInteger(random));
    }
  }

  #chunk(): Uint8Array {
    const random = this.#random;
    const rows = ['benchmark,a,b', `x,1,${nastyNumber(random)}`, 'y,2,3', `"${nastyText(random, [])}`];
    switch (random.below(4)) {
      case 0:
        return random.bytes(random.below(300));
      case 1:
        return Buffer.from(`${rows.slice(0, 3).join('\n')}\n`);
      case 2:
        return Buffer.from(rows.slice(random.below(3)).join('\n'));
      default:
        return Buffer.alloc(random.of([0, 1024 * 1024, 1024 * 1024 + 1]), 'z');
    }
  }
}

/** google.protobuf.Struct { map<string, Value> fields = 1 } */
function structBytes(value: unknown): Uint8Array {
  const writer = new BinaryWriter();
  const fields = typeof value === 'object' && value !== null ? value : { value };
  for (const [key, item] of Object.entries(fields)) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key);
    writer.tag(2, WireType.LengthDelimited).bytes(valueBytes(item));
    writer.join();
  }
  return writer.finish();
}

/** google.protobuf.Value: null 1, number 2, string 3, bool 4, struct 5, list 6 */
function valueBytes(value: unknown): Uint8Array {
  const writer = new BinaryWriter();
  if (typeof value === 'number') return writer.tag(2, WireType.Bit64).double(value).finish();
  if (typeof value === 'string') return writer.tag(3, WireType.LengthDelimited).string(value).finish();
  if (typeof value === 'boolean') return writer.tag(4, WireType.Varint).bool(value).finish();
  if (Array.isArray(value)) {
    const list = new BinaryWriter();
    for (const item of value) list.tag(1, WireType.LengthDelimited).bytes(valueBytes(item));
    return writer.tag(6, WireType.LengthDelimited).bytes(list.finish()).finish();
  }
  if (typeof value === 'object' && value !== null) {
    return writer.tag(5, WireType.LengthDelimited).bytes(structBytes(value)).finish();
  }
  return writer.tag(1, WireType.Varint).int32(0).finish();
}
