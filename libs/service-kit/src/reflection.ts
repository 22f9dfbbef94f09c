import type { Server } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { contractDescriptors, healthDescriptors } from '@oneshot/contracts';

/**
 * Of a package definition the reflection service reads the descriptors alone. These are the
 * compiler's: those that are made again from loaded proto files lack what clients resolve types of
 * other packages and maps by.
 */
const described: ConstructorParameters<typeof ReflectionService>[0] = {
  contract: {
    format: 'Protocol Buffer 3 EnumDescriptorProto',
    type: {},
    fileDescriptorProtos: [...contractDescriptors, ...healthDescriptors].map((file) => Buffer.from(file, 'base64')),
  },
};

/** Serves `grpc.reflection.v1` and `v1alpha`, so that tools such as grpcurl need no proto files. */
export function addReflection(server: Server, services: readonly string[]): void {
  new ReflectionService(described, { services: [...services, 'grpc.health.v1.Health'] }).addToServer(server);
}
