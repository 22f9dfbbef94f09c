import { Command } from 'commander';
import type { CheckDataOptions, GetDataOptions, LocateDataOptions } from '../actions/data.js';
import { withDataDirectories, withJson } from '../input/common-options.js';
import { withImageRule } from '../input/data-options.js';
import { withForce } from '../input/overwrite-options.js';
import { helpCommand } from './help.js';

/** `oneshot data`: what data sets there are, whether they are whole, and how to get them. */
export function dataCommand(): Command {
  const data = new Command('data').description('list, check and fetch data sets');
  const help = helpCommand(['oneshot data help check']);
  return data.addCommand(list()).addCommand(check()).addCommand(get()).addCommand(help);
}

function list(): Command {
  return withDataDirectories(withJson(new Command('list')))
    .description('the data sets known by name, and where they lie on this machine')
    .addHelpText('after', '\nExamples:\n  oneshot data list\n  oneshot data list --data-dir ~/datasets --json')
    .action(async (options: LocateDataOptions) => {
      const { listData } = await import('../actions/data.js');
      listData(options);
    });
}

function check(): Command {
  return withDataDirectories(withJson(withImageRule(new Command('check'))))
    .description('read a data set whole and tell what it holds, or everything that is wrong with it')
    .argument('<name>', 'name of a data set, or path of its folder')
    .addHelpText(
      'after',
      '\nExamples:\n  oneshot data check fashion-mnist\n  oneshot data check ./my-images --image-size 48x64',
    )
    .action(async (name: string, options: CheckDataOptions) => {
      const { checkData } = await import('../actions/data.js');
      await checkData(name, options);
    });
}

function get(): Command {
  return withForce(withJson(new Command('get')))
    .description('fetch a data set from its original place, checking sizes and checksums')
    .argument('<name>', 'name of a data set')
    .option('--to <folder>', 'data folder to put it into', 'data')
    .option('--mirror <address>', 'another place with the same files')
    .addHelpText('after', '\nExamples:\n  oneshot data get cifar10\n  oneshot data get fashion-mnist --to ~/datasets')
    .action(async (name: string, options: GetDataOptions) => {
      const { getData } = await import('../actions/data.js');
      await getData(name, options);
    });
}
