import { Command } from 'commander';
import type { DoctorOptions } from '../actions/doctor.js';
import { withDataDirectories, withJson, withState } from '../input/common-options.js';

/** `oneshot doctor`: what this machine has for oneshot, and what to do about each problem. */
export function doctorCommand(): Command {
  return withState(withDataDirectories(withJson(new Command('doctor'))))
    .description('look at this machine, and say what to do about each problem')
    .addHelpText('after', '\nExamples:\n  oneshot doctor\n  oneshot doctor --json --state /data/oneshot')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('../actions/doctor.js');
      await doctor(options);
    });
}
