import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomStream } from '@oneshot/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatGenotype, parseGenotype } from '../genotype/notation.js';
import { randomGenotype } from '../genotype/random.js';
import { createSpace } from '../spaces/space.js';
import { loadSpaceModule } from './load-module.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oneshot-spaces-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A module of one choice, with parts in place of the usual ones. */
const moduleText = ({ choices = '', build = '', before = '', operation = '' } = {}): string => `${before}
export default ({ z, defineOperation, engine }) => {
  ${operation}
  return {
    name: 'mine', summary: 'one choice', source: 'a test',
    schema: z.strictObject({ name: z.literal('mine'), channels: z.int().min(1).default(4) }),
    images: () => ({ halvings: 0, least: 1, even: false }),
    choices: () => [{ id: 'kernel', group: 'kernel', options: ['1', '3'] }${choices}],
    build(builder, { channels }) {
      const made = builder.elastic({ size: 'kernel' }, ({ size }) =>
        builder.apply('convolution', builder.input, { size, channels }));
      ${build}
      return builder.classify(made, { norm: false, relu: true });
    },
  };
};`;

async function load(text: string, more: object = {}): Promise<unknown> {
  await writeFile(join(folder, 'mine.mjs'), text);
  return loadSpaceModule({ name: 'module', file: 'mine.mjs', ...more }, 'space', folder);
}

const refusal = (text: string, more: object = {}): Promise<string> =>
  load(text, more).then(
    () => 'accepted',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('a module of a user’s', () => {
  it('is a space like others, with its digest in the definition, and architectures named by it', async () => {
    const space = createSpace(await load(moduleText()));
    expect(space.name).toMatch(/^module:mine@[0-9a-f]{12}$/);
    expect(space.definition).toMatchObject({ name: 'module', file: 'mine.mjs', options: { channels: 4 } });
    expect(createSpace(space.definition).definition).toEqual(space.definition);
    const genotype = randomGenotype(space, randomStream(0, 'test'));
    expect(parseGenotype(formatGenotype(genotype))).toEqual(genotype);
  });

  it('may define operations of its own, which two versions of it do not share', async () => {
    const operation = (factor: number) => `defineOperation({ kind: 'composed', name: 'times', summary: 'scaled',
      shape: ([input]) => input, parameters: () => [], run: ({ inputs: [x] }) => ({ output: engine.scale(x, ${factor}) }),
      onnx: ({ graph, inputs: [x], at }) => graph.node('Mul', [x, graph.scalar(${factor}, at + '/factor')], at), multiplyAdds: () => 0 });`;
    const build = "return builder.classify(builder.apply('times', made), { norm: false, relu: true });";
    const names = new Set<string>();
    for (const factor of [2, 3])
      names.add(createSpace(await load(moduleText({ operation: operation(factor), build }))).name);
    expect(names.size).toBe(2);
    expect(await refusal(moduleText({ operation: operation(2).replace('onnx:', 'other:'), build }))).toBe(
      'NasError: space.file: mine.mjs: its function threw: the operation times has no ONNX form: give it onnx(call)',
    );
  });

  it.each([
    ['throws when loaded', moduleText({ before: "throw new Error('no luck');" }), 'threw when it was loaded: no luck'],
    ['throws when asked', moduleText({ operation: "throw new Error('no luck');" }), 'its function threw: no luck'],
    ['has no default export', 'export const space = 1;', 'has no default export; expected: export default'],
    [
      'imports another file',
      moduleText({ before: "import './other.mjs';" }),
      'imports other files or packages; bundle',
    ],
    ['gives no space', 'export default () => 3;', 'its default export gives no space'],
    [
      'lacks parts',
      'export default () => ({ name: "mine" });',
      'its space lacks summary (a text), source (a text), choices',
    ],
    [
      'declares a choice that it never uses',
      moduleText({ choices: ", { id: 'width', group: 'width', options: ['1'] }" }),
      'declares the choice width and never uses it in build',
    ],
    [
      'reads a choice that it does not declare',
      moduleText({ build: "builder.choose('depth', () => made);" }),
      'build: the space declares no choice depth',
    ],
    [
      'describes shapes that do not add up',
      moduleText({ build: "return builder.add([made, builder.apply('max_pool', made, { size: 2 })]);" }),
      'build: sum: values of shape [32, 32, 4] and [16, 16, 4] do not add up',
    ],
    [
      'uses an operation that does not exist',
      moduleText({ build: "builder.apply('blur', made);" }),
      'build: unknown operation "blur"; known: ',
    ],
  ])('that %s is refused in one sentence', async (_, text, message) => {
    const found = await refusal(text);
    expect(found).toContain(`NasError: space.file: mine.mjs: ${message}`);
    expect(found).not.toMatch(/\n| {4}at |data:text/);
  });

  it('is refused with options that its schema does not know', async () => {
    expect(await refusal(moduleText(), { options: { channels: 0, width: 2 } })).toBe(
      'NasError: space.options.channels: found 0; allowed: a number of at least 1; space.options.width: unknown field',
    );
  });

  it('is refused with both digests once its file has changed', async () => {
    const { digest } = (await load(moduleText())) as { readonly digest: string };
    const found = await refusal(moduleText({ before: '// changed' }), { digest });
    expect(found).toMatch(
      new RegExp(`^NasError: space.digest: mine.mjs has changed: found sha256 [0-9a-f]{64}; .* with ${digest}$`),
    );
  });

  it('is loaded from the folder of allowed spaces only', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'oneshot-other-'));
    await writeFile(join(outside, 'other.mjs'), moduleText());
    await mkdir(join(folder, 'sub'), { recursive: true });
    await symlink(join(outside, 'other.mjs'), join(folder, 'sub', 'link.mjs'));
    const named = (file: unknown, place?: string) =>
      loadSpaceModule({ name: 'module', file }, 'space', place).catch((error: Error) => error.message);
    for (const file of [join(outside, 'other.mjs'), 'sub/link.mjs']) {
      expect(await named(file, folder)).toContain('which leads out of the folder of allowed spaces');
    }
    expect(await named('none.mjs', folder)).toBe(`space.file: found "none.mjs", which cannot be read in ${folder}`);
    expect(await named('mine.ts', folder)).toContain('compile it first: npx esbuild mine.ts');
    expect(await named('mine.mjs', '')).toContain('start it with --space-dir FOLDER (ONESHOT_SPACES)');
    await rm(outside, { recursive: true, force: true });
  });
});
