import { expect, test } from 'vitest';
import { refuseForeignNames } from './foreign-names.js';

test('files of a service lie in the folder that was named, whatever the service calls them', () => {
  expect(() => refuseForeignNames(['ranking.json', 'plot 1.svg', '.hidden', 'a..b', 'été.csv'])).not.toThrow();
  const leading = ['../x', '..', '.', '', '/etc/passwd', 'a/b', 'a\\b', 'C:x', 'a\0b', 'a\nb', 'x'.repeat(256)];
  for (const name of leading) {
    expect(() => refuseForeignNames(['ranking.json', name]), JSON.stringify(name)).toThrow(
      /no file names: .*Nothing was/,
    );
  }
});
