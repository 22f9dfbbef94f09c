/**
 * Takes the README's picture of a report: `node scripts/picture.mjs oneshot-out/fashion/report.html
 * docs/images/report.png [HEIGHT]`. Needs a Chromium (`chromium`, `chromium-browser` or
 * `google-chrome`).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from './shell.mjs';

const [page, picture, height = '1240'] = process.argv.slice(2);
if (page === undefined || picture === undefined) {
  console.error('Give the report and the picture to make: node scripts/picture.mjs REPORT.html PICTURE.png [HEIGHT]');
  process.exit(2);
}
const browser = chromium();
if (browser === undefined) {
  console.error('No Chromium found.');
  process.exit(1);
}
mkdirSync(dirname(resolve(picture)), { recursive: true });
const settings = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--window-size=1160,${height}`];
const { status } = spawnSync(
  browser,
  [...settings, `--screenshot=${resolve(picture)}`, pathToFileURL(resolve(page)).href],
  { stdio: 'ignore', timeout: 60_000 },
);
if (status !== 0) console.error('The browser could not draw the page.');
process.exitCode = status === 0 ? 0 : 1;
