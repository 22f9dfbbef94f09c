import type { Server } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { protoDirectory, protoFiles } from '@oneshot/contracts';
import { protoPath as healthProto } from 'grpc-health-check';

/** Serves `grpc.reflection.v1` and `v1alpha`, so that tools such as grpcurl need no proto files. */
export function addReflection(server: Server, services: readonly string[]): void {
  const definition = loadSync([...protoFiles, healthProto], { includeDirs: [protoDirectory], keepCase: true });
  new ReflectionService(definition, { services: [...services, 'grpc.health.v1.Health'] }).addToServer(server);
}
