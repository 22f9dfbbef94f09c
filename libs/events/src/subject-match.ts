/**
 * Whether an event type falls under a pattern: `*` stands for one word, a last `>` for one or more.
 */
export function matchesSubject(pattern: string, type: string): boolean {
  const wanted = pattern.split('.');
  const words = type.split('.');
  for (const [index, word] of wanted.entries()) {
    if (word === '>') return words.length > index;
    const found = words[index];
    if (found === undefined || (word !== '*' && word !== found)) return false;
  }
  return wanted.length === words.length;
}
