import type { RegistryServiceService } from '@oneshot/contracts';
import type { ClientMethods } from '@oneshot/service-kit';
import type { JsonObject, RunProgress } from '../runs/run-record.js';

type UnaryRegistryMethods = Omit<ClientMethods<typeof RegistryServiceService>, 'putArtifact' | 'getArtifact'>;

/**
 * What running work can do. It lives in a thread of its own, so it may compute for seconds without
 * yielding.
 */
export interface ExecutionContext {
  readonly runId: string;
  /** 1 for the first worker that takes the run. */
  readonly attempt: number;
  /** A local copy of the last checkpoint, checked against its digest; undefined: start anew. */
  readonly checkpoint: string | undefined;
  /** An empty folder for this attempt's files; removed afterwards. */
  readonly directory: string;
  /**
   * Tells how far the run is. Cheap: call it as often as numbers change, only the latest is sent.
   */
  report(progress: RunProgress): void;
  /**
   * Whether the worker is being stopped: save a checkpoint if that is quick, then throw
   * ExecutionStopped. Cheap, and works without yielding: ask once per step. A run that is
   * cancelled, or that another worker has, is ended without being asked.
   */
  stopRequested(): boolean;
  /**
   * Stores the file as the run's checkpoint. Resolves once the run would be taken up from it. Write
   * each checkpoint under a new name or by renaming over the old one; a later call overtakes an
   * earlier one that has not begun.
   */
  saveCheckpoint(path: string): Promise<void>;
  /**
   * Stores a file in the registry; returns its digest. Waits for the registry for as long as the
   * lease is held.
   */
  putArtifact(path: string, mediaType: string): Promise<string>;
  /** Fetches an artifact to a new file in `directory` and checks it; returns the file's path. */
  getArtifact(digest: string): Promise<string>;
  /** The registry's other methods. */
  readonly registry: UnaryRegistryMethods;
}

/**
 * The work itself: the export named `execute` of the module a worker is given. It returns the run's
 * result; it throws ExecutionError to say why it failed, and ExecutionStopped to give the job back.
 */
export type Execute = (spec: JsonObject, context: ExecutionContext) => Promise<JsonObject>;
