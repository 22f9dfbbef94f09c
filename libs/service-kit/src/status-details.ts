import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { FieldFaults } from '@oneshot/contracts';
import type { FieldFault } from './service-error.js';

/**
 * What a failed call carries besides its status code, in the shape that `google.rpc.Status` gives
 * it.
 */
export interface StatusDetails {
  readonly code: number;
  readonly message: string;
  readonly reason: string;
  readonly fields: readonly FieldFault[];
  /** How many more fields are at fault. */
  readonly moreFields: number;
}

/** Where clients of every language look for a serialized `google.rpc.Status`. */
export const detailsKey = 'grpc-status-details-bin';

const domain = 'oneshot.dev';
const typePrefix = 'type.googleapis.com/';
const errorInfoType = 'google.rpc.ErrorInfo';
const badRequestType = 'google.rpc.BadRequest';
const fieldFaultsType = 'oneshot.v1.FieldFaults';

// The three google.rpc messages are written by hand because their numbers never change and nothing
// else of them is needed: Status { code = 1, message = 2, repeated Any details = 3 }, ErrorInfo {
// reason = 1, domain = 2 }, BadRequest { repeated FieldViolation { field = 1, description = 2 }
// field_violations = 1 }, Any { type_url = 1, value = 2 }.
const tag = (field: number, wireType: 0 | 2): number => (field << 3) | wireType;

function writeErrorInfo(reason: string): Uint8Array {
  return new BinaryWriter().uint32(tag(1, 2)).string(reason).uint32(tag(2, 2)).string(domain).finish();
}

function writeBadRequest(fields: readonly FieldFault[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const fault of fields) {
    writer.uint32(tag(1, 2)).fork();
    writer.uint32(tag(1, 2)).string(fault.path).uint32(tag(2, 2)).string(fault.message);
    writer.join();
  }
  return writer.finish();
}

/**
 * Serializes a `google.rpc.Status` with ErrorInfo and, for faults of fields, BadRequest and
 * `oneshot.v1.FieldFaults`.
 */
export function encodeStatusDetails(details: StatusDetails): Buffer {
  const anys: [string, Uint8Array][] = [[errorInfoType, writeErrorInfo(details.reason)]];
  if (details.fields.length > 0) {
    anys.push([badRequestType, writeBadRequest(details.fields)]);
    anys.push([
      fieldFaultsType,
      FieldFaults.encode({ faults: [...details.fields], leftOut: details.moreFields }).finish(),
    ]);
  }
  const writer = new BinaryWriter();
  writer.uint32(tag(1, 0)).int32(details.code).uint32(tag(2, 2)).string(details.message);
  for (const [type, value] of anys) {
    writer.uint32(tag(3, 2)).fork();
    writer
      .uint32(tag(1, 2))
      .string(typePrefix + type)
      .uint32(tag(2, 2))
      .bytes(value);
    writer.join();
  }
  return Buffer.from(writer.finish());
}

/** Calls `visit` with every length-delimited field of a message, and skips the rest. */
function eachBytes(message: Uint8Array, visit: (field: number, value: Uint8Array) => void): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === 2) visit(field, reader.bytes());
    else reader.skip(wireType);
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/**
 * Reads what `encodeStatusDetails` wrote, or any other service's `google.rpc.Status`. Throws on
 * bytes that are none.
 */
export function decodeStatusDetails(bytes: Uint8Array): Pick<StatusDetails, 'reason' | 'fields' | 'moreFields'> {
  let reason = '';
  let violations: readonly FieldFault[] = [];
  let faults: readonly FieldFault[] = [];
  let moreFields = 0;
  eachBytes(bytes, (field, any) => {
    if (field !== 3) return;
    let type = '';
    let value: Uint8Array = new Uint8Array();
    eachBytes(any, (anyField, part) => {
      if (anyField === 1) type = text(part).slice(typePrefix.length);
      else if (anyField === 2) value = part;
    });
    if (type === errorInfoType) {
      eachBytes(value, (infoField, part) => {
        if (infoField === 1) reason = text(part);
      });
    } else if (type === badRequestType) violations = readViolations(value);
    else if (type === fieldFaultsType) ({ faults, leftOut: moreFields } = FieldFaults.decode(value));
  });
  return { reason, fields: faults.length > 0 ? faults : violations, moreFields };
}

function readViolations(badRequest: Uint8Array): readonly FieldFault[] {
  const violations: FieldFault[] = [];
  eachBytes(badRequest, (field, violation) => {
    if (field !== 1) return;
    let path = '';
    let message = '';
    eachBytes(violation, (part, value) => {
      if (part === 1) path = text(value);
      else if (part === 2) message = text(value);
    });
    violations.push({ path, found: '', allowed: '', message });
  });
  return violations;
}
