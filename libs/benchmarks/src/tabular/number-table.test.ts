import { describe, expect, it } from 'vitest';
import { readNumberTable } from './number-table.js';

const read = (text: string, rows: number) =>
  readNumberTable(Buffer.from(text), 'table', ['a', 'name', 'b'], rows, 'name');

describe('readNumberTable', () => {
  it('reads numbers as JavaScript reads them, and text', () => {
    const { columns, text } = read('a,name,b\n1,x|y,-0.1\n12.345678,z,-1e+08\n', 2);
    expect([...(columns.get('a') ?? [])]).toEqual([1, 12.345678]);
    expect([...(columns.get('b') ?? [])]).toEqual([-0.1, -1e8]);
    expect(text).toEqual(['x|y', 'z']);
  });

  it('takes a missing last newline and Windows line ends', () => {
    expect([...(read('a,name,b\r\n1,x,2\r\n3,y,4', 2).columns.get('b') ?? [])]).toEqual([2, 4]);
  });

  it.each([
    ['a missing cell', 'a,name,b\n1,x,\n', 'table row 1, b: found "", allowed is a decimal number'],
    ['text in a number', 'a,name,b\nten,x,1\n', 'table row 1, a: found "ten"'],
    ['two points', 'a,name,b\n1.2.3,x,1\n', 'table row 1, a: found "1.2.3"'],
    ['a cell too many', 'a,name,b\n1,x,2,3\n', 'table row 1, b: found "2"'],
    ['a file cut short', 'a,name,b\n', 'table row 1, a: found the end of the file'],
    ['rows too many', 'a,name,b\n1,x,2\n3,y,4\n', 'allowed is the end of the file after 1 rows'],
  ])('refuses %s with its place', (_, text, message) => {
    expect(() => read(text, 1)).toThrow(message);
  });
});
