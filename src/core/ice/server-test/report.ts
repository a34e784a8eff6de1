/** A test as a text to share: Markdown, with everything in it that is nobody else's business replaced. */
import { createRedactor } from '../../sdp/redact.ts';
import { familyOf } from '../../base/address.ts';
import { shortWords } from './cause-words.ts';
import { findingsOf } from './findings.ts';
import { CONFIDENCE, type Nat } from './nat.ts';
import { atUtc, endOfUser } from './rest-user.ts';
import { summaryOf } from './summary.ts';
import type { ServerTest } from './evidence.ts';
import { type Cell, FAMILIES, type Row, rowsOf } from './verdict.ts';

/** Names of servers become `server-1`, addresses others of the same kind, user names `user`; passwords are not there. */
export function reportOf(test: ServerTest, nat: Nat | null): string {
  const rows = rowsOf(test);
  const findings = findingsOf(rows, test.startedAt);
  const { verdict, means } = summaryOf(rows, findings);
  const lines = [
    `# ${verdict}`,
    '',
    means,
    '',
    `Tested with ${test.browser} on ${atUtc(test.startedAt)}, in ${(test.took / 1000).toFixed(1)} s.`,
    '',
    '| URL | way | IPv4 | IPv6 | data through it |',
    '|---|---|---|---|---|',
    ...rows.map(tableRow),
    ...rows.flatMap(userLine),
    '',
    ...findings.flatMap(({ title, meaning, said, section }) => [
      `- **${title}.** ${meaning}${said ? ` \`${said}\`` : ''} (${section})`,
    ]),
    ...(nat?.facts ?? []).map(
      ({ title, confidence, detail }) => `- NAT, ${CONFIDENCE[confidence]}: **${title}.** ${detail}`,
    ),
  ];
  return redactorOf(rows)(`${lines.join('\n')}\n`);
}

function tableRow(row: Row): string {
  const cells = FAMILIES.map((family) => cellText(row.families[family], row));
  const either = row.either ? ` (by one of the two: ${cellText(row.either, row)})` : '';
  return `| ${row.url} | ${row.way} | ${cells.join(' | ')}${either} | ${dataText(row)} |`;
}

function cellText(cell: Cell, row: Row): string {
  if (cell.outcome === 'found') return `${cell.address} after ${Math.round(cell.at!)} ms`;
  const code = cell.code === undefined ? '' : `${cell.code} `;
  return code + shortWords(cell, row);
}

/** What became of data, in a few words. */
export function dataText({ kind, proof }: Row): string {
  if (kind === 'stun') return 'not its job';
  if (!proof) return 'not proven';
  if (proof.back === 0) return `nothing came back in ${(proof.took / 1000).toFixed(1)} s`;
  return `${proof.roundTrip} ms, ${proof.back} of ${proof.sent} came back`;
}

function userLine({ username = '' }: Row, index: number): readonly string[] {
  const end = endOfUser(username);
  return end === null ? [] : [`Row ${index + 1}: the user name ends ${atUtc(end)}.`];
}

function redactorOf(rows: readonly Row[]): (text: string) => string {
  const names = [...new Set(rows.map(({ host }) => host))].filter((host) => familyOf(host) === null);
  const users = [...new Set(rows.flatMap(({ username }) => username ?? []))].filter(Boolean);
  const replaced = new Map<string, string>([
    ...names.map((name, index) => [name, `server-${index + 1}`] as const),
    ...users.map((user) => [user, 'user'] as const),
  ]);
  return (text) => {
    const words = [...replaced.keys()].sort((a, b) => b.length - a.length).map(escaped);
    const named = words.length
      ? text.replace(new RegExp(`(?<![\\w.-])(?:${words.join('|')})(?![\\w-])`, 'g'), (word) =>
          replaced.get(word)!,
        )
      : text;
    const addresses = addressRedactor(named);
    return named.replace(ADDRESS, addresses);
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** IPv4 addresses, and IPv6 addresses in brackets, as URLs and our tables write them. */
const ADDRESS = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?<=\[)[0-9a-fA-F]*:[0-9a-fA-F:.]+(?=\])/g;

/** The pseudonyms that descriptions get too: another address of the same kind. */
function addressRedactor(text: string): (address: string) => string {
  const found = [...new Set(text.match(ADDRESS) ?? [])];
  const lines = found.map((address) => `c=IN IP${familyOf(address) === 'IPv6' ? 6 : 4} ${address}`);
  const redacted = createRedactor([])(lines.join('\r\n')).split('\r\n');
  const pseudonyms = new Map(found.map((address, index) => [address, redacted[index]!.split(' ')[2]!]));
  return (address) => pseudonyms.get(address) ?? address;
}
