import { architectureCount, createSpace, findSpace, SPACE_NAMES, type Space } from '@oneshot/nas';
import { stringify } from 'yaml';
import { badInput } from '../failure.js';
import type { OutputOptions } from '../input/common-options.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';

/** What `oneshot spaces` does. */
export function listSpaces(options: OutputOptions): void {
  const spaces = SPACE_NAMES.map((name) => {
    const { choices, kind } = usual(name);
    const architectures = architectureCount(usual(name));
    const { summary, source } = kind;
    return { name, choices: choices.length, architectures: architectures.toString(), summary, source };
  });
  const text = () => {
    const columns = [
      { name: 'space' },
      { name: 'choices', number: true },
      { name: 'architectures', number: true },
      { name: 'source' },
    ];
    const rows = spaces.map(({ name, choices, architectures, source }) => [
      name,
      `${choices}`,
      countText(BigInt(architectures)),
      source,
    ]);
    return `${formatTable(columns, rows)}\n\nAt their usual size. A definition to edit: oneshot spaces show NAME`;
  };
  createOutput(options.json === true).result(text, { type: 'spaces', spaces });
}

/** What `oneshot spaces show` does. */
export function showSpace(name: string, options: OutputOptions): void {
  if (!SPACE_NAMES.includes(name)) {
    throw badInput(`There is no space ${JSON.stringify(name)}.`, [
      { path: 'name', found: name, allowed: SPACE_NAMES.join(', '), message: `allowed: ${SPACE_NAMES.join(', ')}` },
    ]);
  }
  const { definition, kind } = usual(name);
  const text = () => `# ${kind.summary}\n# Source: ${kind.source}\n${stringify(definition).trimEnd()}`;
  createOutput(options.json === true).result(text, { type: 'space', definition });
}

/** A space at its usual size. */
function usual(name: string): Space {
  return createSpace({ name, ...findSpace(name)?.example });
}

/** Such as `15,625`, or `4.8e+15` where nobody would count the digits. */
function countText(count: bigint): string {
  return count < 10n ** 9n ? count.toLocaleString('en') : Number(count).toExponential(1);
}
