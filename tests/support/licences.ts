/** What we ship must be free to ship: every package that the product depends on carries one of these licences. */
import { spawnSync } from 'node:child_process';

const ALLOWED =
  'MIT;ISC;BSD-2-Clause;BSD-3-Clause;0BSD;Apache-2.0;CC0-1.0;OFL-1.1;Unlicense;BlueOak-1.0.0;Python-2.0';

const { status } = spawnSync(
  'license-checker-rseidelsohn',
  ['--production', '--excludePrivatePackages', '--summary', '--onlyAllow', ALLOWED],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
