import type { RunError } from '@oneshot/contracts';
import type { DataFaultCode } from '@oneshot/data';
import type { EngineErrorCode } from '@oneshot/engine';
import type { NasErrorCode } from '@oneshot/nas';
import type { OnnxErrorCode } from '@oneshot/onnx';
import type { TrainingErrorCode } from '@oneshot/training';
import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import type { RunKind } from './run-kinds.js';

type Code = DataFaultCode | EngineErrorCode | NasErrorCode | OnnxErrorCode | TrainingErrorCode;

/** Words that workers give for why a run failed. */
type Reason = Uppercase<Code> | 'MODEL_NOT_FOUND';

/**
 * What only a worker can see of a run's input is bad input as well. Reasons that are not listed:
 * the run failed.
 */
const exitCodes: Readonly<Partial<Record<Reason, ExitCode>>> = {
  UNKNOWN_DATASET: ExitCode.badInput,
  NOT_FOUND: ExitCode.badInput,
  NOT_READABLE: ExitCode.badInput,
  WRONG_FORMAT: ExitCode.badInput,
  TRUNCATED: ExitCode.badInput,
  LABEL_OUT_OF_RANGE: ExitCode.badInput,
  COUNT_MISMATCH: ExitCode.badInput,
  EMPTY_CLASS: ExitCode.badInput,
  MIXED_SIZES: ExitCode.badInput,
  UNREADABLE_IMAGE: ExitCode.badInput,
  MODEL_NOT_FOUND: ExitCode.badInput,
  NOT_ONNX: ExitCode.badInput,
  NOT_AN_IMAGE_CLASSIFIER: ExitCode.badInput,
  UNKNOWN_PIXEL_RANGE: ExitCode.badInput,
  INVALID_PIXELS: ExitCode.badInput,
  WRONG_INPUT_SHAPE: ExitCode.badInput,
  WRONG_CLASS_COUNT: ExitCode.badInput,
  UNKNOWN_CLASS: ExitCode.badInput,
  INVALID_CLASS_NAMES: ExitCode.badInput,
  PROVIDER_UNAVAILABLE: ExitCode.badInput,
  INVALID_ARGUMENT: ExitCode.badInput,
  INVALID_SPEC: ExitCode.badInput,
  INVALID_SPACE: ExitCode.badInput,
  INVALID_GENOTYPE: ExitCode.badInput,
  INVALID_PROFILE: ExitCode.badInput,
  INVALID_IMAGE: ExitCode.badInput,
  TOO_LARGE: ExitCode.noResource,
  DISK_FULL: ExitCode.noResource,
};

/** How the command ends when a run failed. */
export function failedRun(kind: RunKind, error: RunError | undefined): Failure {
  const codes: Readonly<Record<string, ExitCode | undefined>> = exitCodes;
  return new Failure(error?.message || `The ${kind} run failed.`, {
    exitCode: codes[error?.reason ?? ''] ?? ExitCode.runFailed,
    reason: error?.reason || 'FAILED',
  });
}
