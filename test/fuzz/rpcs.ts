import { create, createFileRegistry, type DescMethod, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { contractDescriptors } from '@oneshot/contracts';

const file = contractDescriptors.map((text) => fromBinary(FileDescriptorProtoSchema, Buffer.from(text, 'base64')));
const registry = createFileRegistry(create(FileDescriptorSetSchema, { file }));

/** Every method of a service, as the contract describes it. */
export function methodsOf(service: string): readonly DescMethod[] {
  const described = registry.getService(`oneshot.v1.${service}`);
  if (described === undefined) throw new Error(`The contract has no ${service}.`);
  return described.methods;
}
