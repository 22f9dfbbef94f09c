import { describe, expect, test } from 'vitest';
import { element, escapeText, Markup } from './markup.js';

describe('markup', () => {
  test('text and attribute values are escaped, markup is not', () => {
    const made = element('p', { title: `"<'&>` }, '<b>', new Markup('<i></i>'), 3);
    expect(made.text).toBe('<p title="&quot;&lt;&#39;&amp;&gt;">&lt;b&gt;<i></i>3</p>');
  });

  test('control characters, which no XML may hold, are replaced', () => {
    expect(escapeText('a\u0000b\u001bc\nd')).toBe('a\ufffdb\ufffdc\nd');
  });

  test('undefined children and attributes leave nothing behind', () => {
    expect(element('g', { id: undefined }, undefined, [undefined]).text).toBe('<g></g>');
  });
});
