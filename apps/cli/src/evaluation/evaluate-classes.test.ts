import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputConvention } from '@oneshot/onnx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { colourModel } from '../testing/colour-model.js';
import { writeImageFolder } from '../testing/image-folder.js';
import { runOneshot } from '../testing/run-oneshot.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-classes-'));
const ask = (...args: string[]) => runOneshot(['evaluate', ...args, '--state', 'state'], { cwd: folder });

beforeAll(async () => {
  const named = { 'oneshot.input': inputConvention, 'oneshot.classes': '["red","green","blue"]' };
  writeFileSync(join(folder, 'named.onnx'), colourModel(named));
  writeFileSync(join(folder, 'foreign.onnx'), colourModel());
  // Sorted by name the classes are in another order than the model's outputs: blue, green, red.
  await writeImageFolder(join(folder, 'colours'), { red: '#c80000', green: '#00c800', blue: '#0000c8' });
  await writeImageFolder(join(folder, 'two'), { red: '#c80000', blue: '#0000c8' });
  await writeImageFolder(join(folder, 'renamed'), { Red: '#c80000', 'green, dark': '#00c800', blau: '#0000c8' });
  await writeImageFolder(join(folder, 'in-order'), { a: '#c80000', b: '#00c800', c: '#0000c8' });
  await writeImageFolder(join(folder, 'four'), { a: '#c80000', b: '#00c800', c: '#0000c8', d: '#000000' });
});
afterAll(() => rmSync(folder, { recursive: true }));

const allRight = { code: 0, stdout: expect.stringMatching(/^accuracy +100\.00 %$/m) };

describe('the classes of a folder', { timeout: 180_000 }, () => {
  test('are those of the model by name, whatever their order', async () => {
    const { code, stdout } = await ask('named.onnx', '--data', 'colours');
    expect({ code, stdout }).toMatchObject(allRight);
    expect(stdout).not.toMatch(/without images|does not name/);
  });

  test('may be fewer: the accuracy is over the images there are, and the rest is named', async () => {
    const { code, stdout } = await ask('named.onnx', '--data', 'two', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      evaluation: { result: { accuracy: 1, otherClasses: [{ name: 'green', predicted: 0 }] } },
    });
  });

  test('that the model does not know are refused as bad input, with what to do; done, it is right', async () => {
    const { code, stdout, stderr } = await ask('named.onnx', '--data', 'renamed');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('found "Red" (the model has "red"), "blau", "green, dark", which the model does not know');
    expect(stderr).toContain('allowed: "red", "green", "blue": the model\'s classes, in the order of its outputs');
    const done = await ask('named.onnx', '--data', 'renamed', '--classes', '["Red","green, dark","blau"]');
    expect(done).toMatchObject(allRight);
  });
});

describe('a model from elsewhere', { timeout: 180_000 }, () => {
  const foreign = (...args: string[]) => ask('foreign.onnx', '--pixels', 'raw', ...args);

  test('whose pixels are not known is refused before anything is started, with what to give', async () => {
    const { code, stderr } = await ask('foreign.onnx', '--data', 'colours');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--pixels raw .*--pixels unit .*--mean/),
    });
    expect(stderr).not.toContain('evaluation:');
  });

  test('without names is matched by position where the numbers agree, which is said', async () => {
    const { code, stdout } = await foreign('--data', 'in-order');
    expect({ code, stdout }).toMatchObject(allRight);
    expect(stdout).toContain('The model does not name its outputs.');
  });

  test('with another number of outputs than classes, or a name given twice, is refused', async () => {
    expect(await foreign('--data', 'four')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('found 3 outputs without names; allowed: 4, as many as the data has classes'),
    });
    expect(await foreign('--data', 'four', '--classes', 'a,b,a')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('classes: found "a" more than once'),
    });
  });

  test('needs a data set, and has to be there', async () => {
    expect(await foreign()).toMatchObject({ code: 2, stderr: expect.stringContaining('name one with --data') });
    expect(await ask('nothere.onnx', '--data', 'colours')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'There is no file "nothere.onnx": a model is named by the path of an ONNX file, or by its id',
      ),
    });
    expect(await ask('colours', '--data', 'colours')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"colours" is no file'),
    });
  });
});
