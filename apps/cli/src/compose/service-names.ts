/** The five services, in the order in which they start: each needs only earlier ones. */
export const serviceNames = ['registry', 'searcher', 'trainer', 'evaluator', 'coordinator'] as const;

export type ServiceName = (typeof serviceNames)[number];

/** `host:port` by service. */
export type ServiceAddresses = Readonly<Partial<Record<ServiceName, string>>>;

/** What each service asks other services for. */
export const needs: Readonly<Record<ServiceName, readonly ServiceName[]>> = {
  registry: [],
  // Its workers store what they find in the registry.
  searcher: ['registry'],
  trainer: ['registry'],
  evaluator: ['registry'],
  // It notes there what campaigns scored.
  coordinator: ['registry', 'searcher', 'trainer', 'evaluator'],
};

/** What a worker works on. */
export const workerKinds = ['search', 'training', 'evaluation'] as const;

export type WorkerKind = (typeof workerKinds)[number];
