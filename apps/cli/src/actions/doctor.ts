import { datasetFinding } from '../doctor/datasets.js';
import { engineFinding } from '../doctor/engine.js';
import { exampleSearchFinding } from '../doctor/example-search.js';
import type { Finding } from '../doctor/finding.js';
import { diskFinding, memoryFinding, nodeFinding, processorFinding } from '../doctor/machine.js';
import { onnxruntimeFinding } from '../doctor/onnxruntime.js';
import { natsFinding, rustFinding } from '../doctor/programs.js';
import { stateFolderFinding } from '../doctor/state-folder.js';
import { ExitCode } from '../exit-codes.js';
import type { OutputOptions } from '../input/common-options.js';
import { createOutput } from '../output/output.js';

export interface DoctorOptions extends OutputOptions {
  readonly state: string;
  readonly dataDir?: readonly string[];
}

/** What `oneshot doctor` does. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const { json, state, dataDir } = options;
  const findings = [
    nodeFinding(),
    processorFinding(),
    await engineFinding(),
    memoryFinding(),
    diskFinding(state),
    stateFolderFinding(state),
    datasetFinding(dataDir),
    await exampleSearchFinding(),
    await onnxruntimeFinding(),
    rustFinding(),
    natsFinding(),
  ];
  const well = findings.every((finding) => finding.state !== 'problem');
  createOutput(json === true).result(() => findings.map(describe).join('\n'), { well, findings });
  if (!well) process.exitCode = ExitCode.runFailed;
}

const signs = { well: 'ok  ', note: 'note', problem: 'BAD ' } as const;

function describe({ what, found, state, advice }: Finding): string {
  const line = `${signs[state]}  ${what.padEnd(13)} ${found}`;
  return advice === undefined ? line : `${line}\n${' '.repeat(20)}${advice}`;
}
