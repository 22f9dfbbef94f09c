import type { Server } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { protoDirectory, protoFiles } from '@oneshot/contracts';
import { protoPath as healthProto } from 'grpc-health-check';

let loaded: PackageDefinition | undefined;

/** Reading the proto files takes a noticeable time, and one process may run many servers. */
function definitionOnce(): PackageDefinition {
  loaded ??= loadSync([...protoFiles, healthProto], { includeDirs: [protoDirectory], keepCase: true });
  return loaded;
}

/** Serves `grpc.reflection.v1` and `v1alpha`, so that tools such as grpcurl need no proto files. */
export function addReflection(server: Server, services: readonly string[]): void {
  new ReflectionService(definitionOnce(), { services: [...services, 'grpc.health.v1.Health'] }).addToServer(server);
}
