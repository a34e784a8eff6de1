/** What people copy out of a page into a thread: the table of the trickle-ice sample, the pairs of about:webrtc. */
import { ok } from '../base/result.ts';
import type { GatheredCandidate, NewEvent } from '../session/event.ts';
import { eventOfRow } from '../session/row.ts';
import { connectionStart, sessionStart } from './events.ts';
import type { Importer, Read } from './importer.ts';
import { type PairRow, pairOf, reportsOf } from './pair-rows.ts';

const PEER = 'table';

export const candidateTable: Importer = {
  id: 'trickle-ice-table',
  title: 'Table of the trickle-ice page',
  never: ['Such a table tells what one browser gathered, and nothing of a connection.'],
  detect: ({ text, json }) => json === undefined && someRow(text, (cells) => gatheredOf(cells) !== undefined),
  read: ({ text }) => ok(readCandidates(rowsOf(text))),
};

export const pairTable: Importer = {
  id: 'about-webrtc-pairs',
  title: 'Table of candidate pairs of about:webrtc',
  never: ['Such a table is of one moment: neither times nor descriptions are in it.'],
  detect: ({ text, json }) =>
    json === undefined && !text.startsWith('<') && someRow(text, (cells) => pairOf(cells) !== undefined),
  read: ({ text }) => ok(readPairs(rowsOf(text))),
};

/** A table is found by its first rows: what is pasted may be large, and something else. */
const someRow = (text: string, test: (cells: readonly string[]) => boolean): boolean =>
  rowsOf(text.slice(0, 4000)).some(test);

/** Cells are parted by tabs, by bars (Markdown) or by at least two spaces; a bar within a cell is `\|`. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text.split(/\r\n|\n|\r/).flatMap((line) => {
    const bare = line.trim().replace(/^\|(.*)\|$/, '$1');
    const cells = bare.includes('\t') ? bare.split('\t') : bare.split(/(?<!\\)\||\s{2,}/);
    return bare === '' ? [] : [cells.map((cell) => cell.trim().replaceAll('\\|', '|'))];
  });

interface Gathered {
  readonly at: number;
  readonly value: GatheredCandidate;
}

const TYPES = /^(?:host|srflx|prflx|relay)$/;

/**
 * `0.010 | 1 | host | 0 | udp | 192.0.2.4 | 54502 | 126 | 32512 | 255`: seconds, component (left out by newer versions of
 * the page), type, foundation, protocol, address, port, and the parts of the priority, the last of which is 256 less the
 * component (RFC 8445, section 5.1.2.1); in newer versions the server's URL and the relay's protocol too.
 */
function gatheredOf(cells: readonly string[]): Gathered | undefined {
  const typeAt = cells.findIndex((cell) => TYPES.test(cell));
  const [type, foundation, protocol, address, port, ...rest] = cells.slice(typeAt);
  if (
    typeAt < 1 ||
    typeAt > 2 ||
    !/^\d+(?:\.\d+)?$/.test(cells[0]!) ||
    !/^(?:udp|tcp)$/i.test(protocol ?? '')
  )
    return undefined;
  if (!/^\d+$/.test(port ?? '')) return undefined;
  const parts = rest
    .join('|')
    .split('|')
    .filter((part) => /^\s*\d+\s*$/.test(part))
    .map(Number);
  const component = typeAt === 2 ? cells[1]! : parts.length === 3 ? String(256 - parts[2]!) : '1';
  const url = rest.find((cell) => /^(?:stun|turn)s?:/.test(cell));
  const relayProtocol = rest.find((cell) => /^(?:udp|tcp|tls)$/.test(cell));
  const tcpType = protocol!.toLowerCase() === 'tcp' && port === '9' ? ' tcptype active' : '';
  const candidate = `candidate:${foundation} ${component} ${protocol} ${priorityOf(parts)} ${address} ${port} typ ${type}${tcpType}`;
  return {
    at: Number(cells[0]) * 1000,
    value: {
      candidate,
      ...(url === undefined ? {} : { url }),
      ...(relayProtocol === undefined ? {} : { relayProtocol }),
    },
  };
}

const priorityOf = ([type = 0, local, component]: readonly number[]): number =>
  local === undefined || component === undefined ? type : type * 2 ** 24 + local * 2 ** 8 + component;

/** The last row has a time and a word: the page's own guess why there was no more. */
function readCandidates(rows: readonly (readonly string[])[]): Read {
  const events: NewEvent[] = [sessionStart(0), ...connectionStart({ id: PEER, at: 0, configuration: {} })];
  events.push({ type: 'onicegatheringstatechange', peer: PEER, at: 0, value: 'gathering' });
  const notices: string[] = ['Such a table has no date.'];
  for (const cells of rows) {
    const gathered = gatheredOf(cells);
    if (gathered) {
      const { at, value } = gathered;
      events.push({ type: 'onicecandidate', peer: PEER, at, value });
    } else if (/^\d+\.\d+$/.test(cells[0]!) && cells.length > 1) {
      const at = Number(cells[0]) * 1000;
      const word = cells.slice(1).find((cell) => cell !== '') ?? '';
      events.push({ type: 'onicegatheringstatechange', peer: PEER, at, value: 'complete' });
      events.push(eventOfRow({ method: 'trickle-ice', peer: PEER, at, value: word }));
      if (word !== 'Done') notices.push(`The page ended with “${word.slice(0, 80)}”.`);
    }
  }
  return { events, lost: [], notices };
}

function readPairs(rows: readonly (readonly string[])[]): Read {
  const pairs = rows.map(pairOf).filter((row): row is PairRow => row !== undefined);
  const events: NewEvent[] = [
    sessionStart(0),
    ...connectionStart({ id: PEER, at: 0, configuration: {}, browser: 'Firefox' }),
    { type: 'getStats', peer: PEER, at: 0, value: reportsOf(pairs) },
  ];
  return { events, lost: [], notices: [] };
}
