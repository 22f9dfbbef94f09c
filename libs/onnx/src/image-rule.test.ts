import { expect, test } from 'vitest';
import { GraphBuilder } from './graph/graph-builder.js';
import { encodeModel } from './graph/model.js';
import { modelImageRule } from './image-rule.js';

const ruleOf = (dims: readonly (number | string)[], properties: Readonly<Record<string, string>> = {}) => {
  const graph = new GraphBuilder();
  graph.node('Flatten', ['image'], 'scores', { axis: 1 });
  const output = { name: 'scores', dims: ['batch', 'classes'] };
  return modelImageRule(encodeModel(graph, 'model', { name: 'image', dims }, output, properties), 'model');
};

test('a model tells the size and the channels it takes, in either layout; what it leaves open it does not tell', () => {
  expect(ruleOf(['n', 3, 24, 32])).toEqual({ imageSize: [24, 32], channels: 3 });
  expect(ruleOf([1, 28, 28, 1])).toEqual({ imageSize: [28, 28], channels: 1 });
  expect(ruleOf(['n', 3, 'height', 'width'])).toEqual({ channels: 3 });
  expect(ruleOf(['n', 5, 24, 32])).toEqual({});
  expect(ruleOf(['n', 3072])).toEqual({});
});

test('an exported model tells how images were brought to its size; anything unreadable counts as nothing', () => {
  const said = (text: string) => ruleOf(['n', 1, 28, 28], { 'oneshot.images': text });
  const shape = { imageSize: [28, 28], channels: 1 };
  expect(said('{"resize":"pad","enlarge":false}')).toEqual({ ...shape, resize: 'pad', enlarge: false });
  for (const text of ['pad', 'null', '{"resize":"melt","enlarge":true}', '{"resize":"pad"}'])
    expect(said(text)).toEqual(shape);
});
