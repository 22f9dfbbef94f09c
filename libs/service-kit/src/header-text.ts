/** A text of at most so many characters, with a mark where it was cut. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not between the halves of a character.
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 2)) ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/** Bytes of a text in a header: all but printable ASCII takes three for each of UTF-8's. */
export function encodedLength(text: string): number {
  let length = 0;
  for (const byte of Buffer.from(text)) length += byte >= 0x20 && byte <= 0x7e && byte !== 0x25 ? 1 : 3;
  return length;
}
