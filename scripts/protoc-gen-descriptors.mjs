/**
 * Plugin of `buf generate`: writes the descriptors of an input's proto files, as the compiler made
 * them, into one TypeScript module. Server reflection hands them out. Speaks plugin.proto: a
 * CodeGeneratorRequest on standard input, a CodeGeneratorResponse on standard output.
 */
import { buffer } from 'node:stream/consumers';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

// CodeGeneratorRequest { repeated string file_to_generate = 1; repeated FileDescriptorProto
// proto_file = 15 }
const fileToGenerate = 1;
const protoFile = 15;
// CodeGeneratorResponse { uint64 supported_features = 2; repeated File file = 15 }, File { string
// name = 1; string content = 15 }
const supportedFeatures = 2;
const proto3Optional = 1;
const outputFile = 15;
const [outputName, outputContent] = [1, 15];

const names = [];
const descriptors = [];
const reader = new BinaryReader(await buffer(process.stdin));
while (reader.pos < reader.len) {
  const [field, type] = reader.tag();
  if (field === fileToGenerate) names.push(reader.string());
  else if (field === protoFile) descriptors.push(Buffer.from(reader.bytes()).toString('base64'));
  else reader.skip(type);
}

const content = `/** Serialized FileDescriptorProtos (base64) of these proto files and of all they import. */
export const fileDescriptors: readonly string[] = ${JSON.stringify(descriptors, undefined, 2)};
`;

const writer = new BinaryWriter();
writer.tag(supportedFeatures, WireType.Varint).uint32(proto3Optional);
writer.tag(outputFile, WireType.LengthDelimited).fork();
writer.tag(outputName, WireType.LengthDelimited).string(`descriptors/${names[0].split('/')[0]}.ts`);
writer.tag(outputContent, WireType.LengthDelimited).string(content);
writer.join();
process.stdout.write(writer.finish());
