import type { DescMethod } from '@bufbuild/protobuf';
import { type Client, Metadata, type StatusObject } from '@grpc/grpc-js';

/** How a call ended, with the bytes of every response. */
export interface Outcome {
  readonly status: StatusObject;
  readonly responses: readonly Buffer[];
}

const asIs = (bytes: Buffer): Buffer => bytes;

/** Calls a method with serialized messages. */
export function call(
  client: Client,
  method: DescMethod,
  requests: readonly Buffer[],
  deadlineMs: number,
): Promise<Outcome> {
  const path = `/${method.parent.typeName}/${method.name}`;
  const options = { deadline: Date.now() + deadlineMs };
  const responses: Buffer[] = [];
  const [first = Buffer.alloc(0)] = requests;
  return new Promise((resolve) => {
    const ended = (status: StatusObject) => resolve({ status, responses });
    const ignore = () => undefined;
    switch (method.methodKind) {
      case 'unary': {
        const keep = (_: unknown, response: Buffer | undefined) => response && responses.push(response);
        client.makeUnaryRequest(path, asIs, asIs, first, new Metadata(), options, keep).on('status', ended);
        return;
      }
      case 'server_streaming': {
        const stream = client.makeServerStreamRequest(path, asIs, asIs, first, new Metadata(), options);
        stream.on('data', (response: Buffer) => responses.push(response));
        stream.on('error', ignore).on('status', ended);
        return;
      }
      default: {
        const keep = (_: unknown, response: Buffer | undefined) => response && responses.push(response);
        const stream = client.makeClientStreamRequest(path, asIs, asIs, new Metadata(), options, keep);
        stream.on('error', ignore).on('status', ended);
        for (const request of requests) stream.write(request);
        stream.end();
      }
    }
  });
}
