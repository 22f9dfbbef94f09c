export { OnnxError, type OnnxErrorCode } from './error.js';
export { type ExportOptions, exportOnnx } from './export/export-onnx.js';
export { opset } from './graph/model.js';
export { inputConvention, type ModelMetadata, type Normalisation } from './metadata.js';
export { type Score, type ScoreOptions, scoreOnnx } from './score.js';
export { type Classifier, type LoadOptions, loadClassifier } from './session.js';
export { logitTolerance, type Verification, type VerifyOptions, verifyExport } from './verify.js';
