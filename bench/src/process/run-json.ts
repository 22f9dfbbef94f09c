import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and reads the last line it printed as JSON. A process of its own keeps
 * peak memory apart. Throws an Error if it fails or prints no such line.
 */
export async function runJson(command: string, args: readonly string[]): Promise<unknown> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const line = output.trim().split('\n').at(-1) ?? '';
  try {
    if (code === 0) return JSON.parse(line);
  } catch {
    // Told below, with what it printed instead.
  }
  throw new Error(`${command} ${args.join(' ')} ended with code ${code} and printed no figures:\n${output}`);
}
