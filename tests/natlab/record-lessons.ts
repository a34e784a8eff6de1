/**
 * Makes the recordings of lessons 2 to 5: two real Chromium behind two routers, which meet in our own app.
 *
 *     npx vite build && npx tsx tests/natlab/record-lessons.ts [name …]
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { APP, Lab } from './lab.ts';
import { type Doing, STUN_AND_TURN, STUN_ONLY, meet, save } from './meeting.ts';
import type { RouterId } from './routers.ts';

interface Recording {
  readonly file: string;
  readonly a: RouterId;
  readonly b: RouterId;
  readonly servers: readonly string[];
  /** Both browsers are in the home of A. */
  readonly oneHome?: boolean;
  /** The browsers tell their own addresses. */
  readonly showAddresses?: boolean;
  readonly doing?: Doing;
}

const FOLDER = fileURLToPath(new URL('../../lessons/', import.meta.url));
const QUESTION = '04-stun/behind-a-nat';

/** A's addresses stay in the signalling for some seconds, so that B does not know where to knock. */
const holdBackAddresses: Doing = {
  async alone(a) {
    await a.getByRole('button', { name: 'Levers on the signalling' }).click();
    await press(a, 'A to B', 'Candidates');
    await a.getByLabel('until I let them go').check();
  },
  async meanwhile(a) {
    await a.waitForTimeout(4000);
    await press(a, 'Let all through');
  },
};

async function press(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.getByRole('button', { name, exact: true }).click();
}

const both = (router: RouterId) => ({ a: router, b: router });

const RECORDINGS: readonly Recording[] = [
  { file: '02-where-am-i/own-addresses', ...both('port-restricted'), servers: [], showAddresses: true },
  {
    file: '02-where-am-i/outside-addresses',
    ...both('port-restricted'),
    servers: STUN_ONLY,
    showAddresses: true,
    doing: holdBackAddresses,
  },
  {
    file: '03-candidates/one-home',
    ...both('port-restricted'),
    servers: STUN_AND_TURN,
    oneHome: true,
    showAddresses: true,
  },
  { file: '05-nat-kinds/two-cones', ...both('port-restricted'), servers: STUN_ONLY },
  { file: '05-nat-kinds/cone-and-symmetric', a: 'port-restricted', b: 'symmetric', servers: STUN_ONLY },
  { file: '05-nat-kinds/address-and-symmetric', a: 'address-restricted', b: 'symmetric', servers: STUN_ONLY },
  { file: '05-nat-kinds/full-and-full', ...both('full-cone'), servers: STUN_ONLY },
  { file: '05-nat-kinds/full-and-address', a: 'full-cone', b: 'address-restricted', servers: STUN_ONLY },
  { file: '05-nat-kinds/full-and-port', a: 'full-cone', b: 'port-restricted', servers: STUN_ONLY },
  { file: '05-nat-kinds/full-and-symmetric', a: 'full-cone', b: 'symmetric', servers: STUN_ONLY },
  { file: '05-nat-kinds/two-address', ...both('address-restricted'), servers: STUN_ONLY },
  {
    file: '05-nat-kinds/address-and-port',
    a: 'address-restricted',
    b: 'port-restricted',
    servers: STUN_ONLY,
  },
  { file: '05-nat-kinds/two-symmetric', ...both('symmetric'), servers: STUN_ONLY },
  { file: '05-nat-kinds/with-turn', a: 'port-restricted', b: 'symmetric', servers: STUN_AND_TURN },
];

const wanted = process.argv.slice(2);
const isWanted = (file: string): boolean => wanted.length === 0 || wanted.some((name) => file.includes(name));
const lab = new Lab();

/** No browser sees its router, and without a STUN server nobody does: who records it says so. */
const behindRouters = (text: string): string =>
  text.replaceAll(/^(\[":peer",.*?"browser":"[^"]*")\}/gm, '$1,"behind":"a NAT"}');

async function record({
  file,
  a,
  b,
  servers,
  oneHome,
  showAddresses = false,
  doing,
}: Recording): Promise<void> {
  lab.setRouter('a', a);
  lab.setRouter('b', b);
  const homes = ['a', oneHome ? 'a' : 'b'] as const;
  const [atA, atB] = await Promise.all(homes.map((home) => lab.launchBrowser(home, { showAddresses })));
  const text = await meet(atA!, atB!, servers, doing);
  writeFileSync(`${FOLDER}${file}.txt`, oneHome ? text : behindRouters(text));
  console.log(`${file}: ${text.length} characters`);
  await Promise.all([atA, atB].map((browser) => browser?.close()));
}

/** Packets as our own server outside saw them. */
async function recordQuestion(): Promise<void> {
  lab.setRouter('a', 'symmetric');
  const browser = await lab.launchBrowser('a', { showAddresses: true });
  const page = await browser.newPage();
  await page.goto(APP);
  await page.getByRole('button', { name: /Show me my STUN question/ }).click();
  await page
    .getByText(/^You are seen as/)
    .first()
    .waitFor();
  const text = await save(page);
  writeFileSync(`${FOLDER}${QUESTION}.txt`, text);
  console.log(`${QUESTION}: ${text.length} characters`);
  await browser.close();
}

try {
  if (!lab.possible)
    throw new Error('The laboratory needs root, network namespaces, nftables, coturn, chromium.');
  await lab.startServers();
  for (const recording of RECORDINGS) if (isWanted(recording.file)) await record(recording);
  if (isWanted(QUESTION)) await recordQuestion();
} finally {
  await lab.close();
}
