import { expect, test } from 'vitest';
import { clock } from './duration.js';
import { terminalScreen } from './live-screen.js';
import { formatTable } from './table.js';

test('a table lines its columns up, numbers to the right, without lines or trailing blanks', () => {
  const text = formatTable(
    [{ name: 'method' }, { name: 'n', number: true }],
    [
      ['darts', '2'],
      ['random', '10'],
    ],
  );
  expect(text.split('\n')).toEqual(['method   n', 'darts    2', 'random  10']);
});

test('text from elsewhere cannot drive the terminal', () => {
  expect(formatTable([{ name: 'a' }], [['\u001b[2Jx']])).not.toContain('\u001b');
});

test('durations are read as a clock', () => {
  expect([0, 7.4, 760, 3723].map(clock)).toEqual(['0:00', '0:07', '12:40', '1:02:03']);
});

function fakeTerminal(rows?: number, columns?: number) {
  let written = '';
  const stream = { rows, columns, write: (text: string) => (written += text) } as unknown as NodeJS.WriteStream;
  return { stream, written: () => written };
}

test('the live screen draws over what it drew, and cuts what does not fit', () => {
  const { stream, written } = fakeTerminal(5, 12);
  const screen = terminalScreen(stream);
  screen.draw(() => ['one', 'a line that is too long']);
  screen.close();
  expect(written()).toBe('\r\u001b[Jone\na line that\n');
  screen.draw(() => Array.from({ length: 20 }, (_, index) => `line ${index}`));
  screen.close();
  const second = written().slice('\r\u001b[Jone\na line that\n'.length);
  expect(second.startsWith('\u001b[2A\r\u001b[J')).toBe(true);
  expect(second.split('\n').filter((line) => line !== '')).toHaveLength(4);
  expect(second).toContain('line 19');
});

test.each([[undefined], [0]])('on a terminal that tells %s as its size nothing is cut', (size) => {
  const { stream, written } = fakeTerminal(size, size);
  const screen = terminalScreen(stream);
  const long = 'x'.repeat(200);
  screen.draw((width) => [`${width}`, long, ...Array.from({ length: 50 }, (_, index) => `line ${index}`)]);
  screen.close();
  expect(written()).toContain(`80\n${long}\nline 0\n`);
  expect(written()).toContain('line 25\nline 26\n');
});
