import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgram } from './main.js';
import { runOneshot } from './testing/run-oneshot.js';

const commands = createProgram().commands;

describe('help', () => {
  test('every command that does something shows an example', () => {
    for (const command of commands.flatMap((each) => (each.commands.length > 0 ? each.commands : [each]))) {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      const says = command.name() === 'exit-codes' ? 'Exit codes:' : 'Examples:\n  oneshot ';
      expect(help, command.name()).toContain(says);
    }
  });

  test('every command of the design is there', () => {
    const names = commands.map((command) => command.name());
    const wanted =
      'run search train evaluate rank compare plot report export list show watch cancel clean data serve doctor schema'.split(
        ' ',
      );
    expect(names).toEqual(expect.arrayContaining(wanted));
  });

  test('is printed to standard output with exit code 0', async () => {
    const { code, stdout } = await runOneshot(['--help']);
    expect({ code, usage: stdout.split('\n')[0] }).toEqual({ code: 0, usage: 'Usage: oneshot [options] [command]' });
  });

  test.each([
    [['help'], 'oneshot [options] [command]'],
    [['help', 'search'], 'oneshot search [options]'],
    [['help', 'help'], 'oneshot help [options] [command...]'],
    [['help', 'data', 'check'], 'oneshot data check [options] <name>'],
    [['data', 'help', 'check'], 'oneshot data check [options] <name>'],
    [['data', 'help', 'help'], 'oneshot data help [options] [command...]'],
  ])('%j is that of the command its words lead to', async (args, usage) => {
    const { code, stdout } = await runOneshot(args);
    expect({ code, usage: stdout.split('\n')[0] }).toEqual({ code: 0, usage: `Usage: ${usage}` });
  });

  test('tells the exit codes', async () => {
    const { code, stdout } = await runOneshot(['help', 'exit-codes']);
    expect(code).toBe(0);
    for (const meaning of ['  0  All went well', '  2  Bad usage', '130  Interrupted'])
      expect(stdout).toContain(meaning);
  });
});

describe('bad usage', () => {
  test.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['frobnicate', '--help'], "unknown command 'frobnicate'"],
    [['help', 'frobnicate'], "unknown command 'frobnicate'"],
    [['data', 'frobnicate', '-h'], "unknown command 'frobnicate'"],
    [['help', 'data', 'frobnicate'], "unknown command 'frobnicate'"],
    [['run'], "missing required argument 'campaign'"],
    [['list', 'everything'], 'Allowed choices are campaigns, runs, searches'],
    [['run', 'x.yaml', '--workers', 'two'], 'Found "two", allowed: a whole number'],
    [['show', 'xyz'], '"xyz" is no id'],
    [['train', '--data', 'mnist'], "required option '--genotype <genotype>' not specified"],
    [['serve', 'worker'], 'name it with --kind'],
  ])('%j ends with code 2 and says why, without a stack', async (args, why) => {
    const { code, stdout, stderr } = await runOneshot(args);
    expect(stderr).toContain(why);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('an unknown command close to a known one names it', async () => {
    expect((await runOneshot(['serch'])).stderr).toContain('Did you mean search?');
  });
});

test('the version is that of the package', async () => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  expect((await runOneshot(['--version'])).stdout).toBe(`${version}\n`);
});

test('a service that is not there: code 3 and what to do', async () => {
  const { code, stderr } = await runOneshot(['list', '--coordinator', '127.0.0.1:1']);
  expect(stderr).toContain('A service cannot be reached: connect ECONNREFUSED 127.0.0.1:1.');
  expect(code).toBe(3);
});

test('a port that is taken: code 3 and what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'oneshot-port-'));
  const { code, stderr } = await runOneshot(['serve', 'registry', '--port', String(port), '--state', folder]);
  server.close();
  rmSync(folder, { recursive: true });
  expect(stderr).toContain(`cannot listen on 127.0.0.1:${port}`);
  expect(code).toBe(3);
});

test('an address that is none: code 2', async () => {
  const { code, stderr } = await runOneshot(['list', '--coordinator', 'nowhere']);
  expect(stderr).toContain('"nowhere" is no address of the coordinator');
  expect(code).toBe(2);
});
