/** Why a model was refused. */
export type OnnxErrorCode =
  | 'export_mismatch'
  | 'invalid_class_names'
  | 'invalid_pixels'
  | 'invalid_weights'
  | 'not_onnx'
  | 'provider_unavailable'
  | 'not_an_image_classifier'
  | 'unknown_class'
  | 'unknown_pixel_range'
  | 'wrong_input_shape'
  | 'wrong_class_count';

/**
 * A model that cannot be exported, loaded or scored. `field` names the file or the part of the
 * model at fault.
 */
export class OnnxError extends Error {
  readonly code: OnnxErrorCode;
  readonly field: string;
  readonly found: string;
  readonly allowed: string;

  constructor(code: OnnxErrorCode, field: string, found: string, allowed: string) {
    super(`${field}: found ${found}; allowed: ${allowed}`);
    this.name = 'OnnxError';
    this.code = code;
    this.field = field;
    this.found = found;
    this.allowed = allowed;
  }
}
