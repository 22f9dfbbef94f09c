import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../register.js';
import { loadAddon, loadAddonFrom } from '../native/addon.js';
import { backendInfo, selectBackend } from './select.js';

describe('the choice of a backend', () => {
  it('falls to the native one where it is built, else to the reference with a reason', async () => {
    const info = await selectBackend();
    expect(backendInfo()).toEqual(info);
    if ('addon' in loadAddon()) expect(info.name).toBe('native');
    else expect(info).toMatchObject({ name: 'reference', reason: expect.stringMatching(/npm run setup/) });
  });

  it('says why an addon cannot be used and what to do', () => {
    const folder = mkdtempSync(join(tmpdir(), 'oneshot-addon-'));
    const broken = join(folder, 'broken.node');
    writeFileSync(broken, 'no library');
    expect(loadAddonFrom(join(folder, 'absent.node'))).toEqual({ reason: expect.stringMatching(/not built.*Rust/) });
    expect(loadAddonFrom(broken)).toEqual({ reason: expect.stringMatching(/cannot be loaded.*npm run setup/s) });
    rmSync(folder, { recursive: true });
  });

  it('refuses a number of threads that makes no sense', async () => {
    await expect(selectBackend({ threads: 0 })).rejects.toThrow(/threads.*1 … 256.*0/);
    await expect(selectBackend({ threads: 1.5 })).rejects.toThrow(/threads.*1\.5/);
  });
});
