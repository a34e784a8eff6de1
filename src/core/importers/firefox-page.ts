/**
 * A saved page of about:webrtc: the markup of one element, in the language of whoever saved it, in UTF-8 or with the low
 * byte of each character. So nothing is known by a label: connections by their ids, pairs and candidates by the form of
 * their cells, descriptions by their element and their place.
 */
import { ok } from '../base/result.ts';
import { least, most } from '../base/numbers.ts';
import { pushTo } from '../base/push-to.ts';
import type { NewEvent } from '../session/event.ts';
import { eventOfRow, safeName } from '../session/row.ts';
import { connectionStart, sessionStart } from './events.ts';
import { Descriptions, FIREFOX_NEVER } from './firefox.ts';
import { type Importer, type Read, counted } from './importer.ts';
import { type Tag, markupOf } from './markup.ts';
import { type PairRow, pairOf, reportsOf } from './pair-rows.ts';

export const firefoxPage: Importer = {
  id: 'firefox-page',
  title: 'Firefox’s about:webrtc page, saved',
  never: [...FIREFOX_NEVER, 'Statistics of streams are in a saved page in words only, and are not read.'],
  detect: ({ text }) => /^\s*</.test(text) && PCID.test(text),
  read: ({ text }) => ok(read(text)),
};

/** `{uuid} 1628844045153000 (id=6442450945 url=https://…)`: µs since 1970, then what the window is; uuid since 2020. */
const PCID = /(?:\{[\w-]+\} )?\d{15,16} \(id=\d+ url=/;
/** `Tue Dec 10 2019 15:19:32 GMT-0300`: of a Date, in any language of the page. */
const DATE =
  /[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4}|\d{4}-\d\d-\d\dT[\d:.]+Z/;

interface Written {
  readonly isLocal: boolean;
  readonly sdp: string;
  /** In ms since 1970, where the page has a history. */
  readonly time: number | null;
}

interface Connection {
  readonly pcid: string;
  savedAt: number;
  isClosed: boolean;
  configuration: string;
  readonly pairs: PairRow[];
  readonly local: string[];
  readonly remote: string[];
  readonly written: Written[];
}

function read(html: string): Read {
  const page = new Page();
  for (const token of markupOf(html)) {
    if (token.kind === 'text') page.text(token.text);
    else page.tag(token);
  }
  const { connections, log } = page.end();
  const startedAt = least(connections.map(madeAt)) ?? Infinity;
  const origin = Number.isFinite(startedAt) ? startedAt : 0;
  const linesOf = linesByName(log);
  const events: readonly NewEvent[] = [
    sessionStart(origin),
    ...connections.flatMap((connection) => eventsOf(connection, origin, linesOf)),
  ];
  const notices = log.length > 0 ? [`${counted(log.length, 'line')} of the connection log are kept.`] : [];
  const lost = ['A saved page is of one moment: how candidates and pairs came about is not in it.'];
  if (connections.some(({ written }) => written.length > 0 && written.every(({ time }) => time === null)))
    lost.push('When the descriptions were set is not in this page.');
  return { events, lost, notices };
}

const madeAt = ({ pcid }: Connection): number => Number(/(\d{15,16}) \(id=/.exec(pcid)?.[1]) / 1000;

/** The lines of the log that name a connection, by the number in its name. */
function linesByName(log: readonly string[]): (id: string) => readonly string[] {
  const byNumber = new Map<string, string[]>();
  for (const line of log)
    for (const number of new Set(line.match(NUMBER) ?? [])) pushTo(byNumber, number, line);
  return (id) => (byNumber.get(id.match(NUMBER)?.at(-1) ?? '') ?? []).filter((line) => line.includes(id));
}

const NUMBER = /\d{15,16}/g;

function eventsOf(
  connection: Connection,
  origin: number,
  linesOf: (id: string) => readonly string[],
): readonly NewEvent[] {
  const { pcid, savedAt, pairs, written, local, remote } = connection;
  const id = safeName(pcid.replace(/ \(id=.*$/s, ''));
  const url = / url=([^)\s]*)/.exec(pcid)?.[1];
  const begun = madeAt(connection) - origin;
  const ended = Math.max(begun, savedAt - origin, (most(written.map(({ time }) => time ?? 0)) ?? 0) - origin);
  const events: NewEvent[] = [
    ...connectionStart({
      id,
      at: begun,
      configuration: configurationOf(connection.configuration),
      url,
      browser: 'Firefox',
    }),
  ];
  const descriptions = new Descriptions(id);
  for (const { isLocal, sdp, time } of inTheirOrder(written))
    events.push(...descriptions.set({ at: time === null ? begun : time - origin, isLocal, sdp }));
  for (const event of descriptions.added(remote, ended)) events.push(event);
  if (pairs.length > 0) events.push({ type: 'getStats', peer: id, at: ended, value: reportsOf(pairs) });
  if (local.length > 0)
    events.push(
      eventOfRow({ method: 'about:webrtc', peer: id, at: ended, value: { rawLocalCandidates: local } }),
    );
  const own = linesOf(id);
  if (own.length > 0) events.push(eventOfRow({ method: 'connection-log', peer: id, at: ended, value: own }));
  if (connection.isClosed) events.push({ type: 'close', peer: id, at: ended, value: null });
  return events;
}

/** Without a history the offer comes first: it is the one that says `actpass` (RFC 8842, section 5.2). */
function inTheirOrder(written: readonly Written[]): readonly Written[] {
  const history = written.filter(({ time }) => time !== null);
  if (history.length > 0) return history.toSorted((a, b) => a.time! - b.time!);
  const isOffer = ({ sdp }: Written): boolean => /^a=setup:actpass/m.test(sdp);
  return written.toSorted((a, b) => Number(isOffer(b)) - Number(isOffer(a)));
}

function configurationOf(text: string): Readonly<Record<string, unknown>> {
  const urls = text.match(/\b(?:stuns?|turns?):[^\s,\]}"')]+/g) ?? [];
  const policy = /\biceTransportPolicy: (\w+)/.exec(text)?.[1];
  const bundle = /\bbundlePolicy: ([\w-]+)/.exec(text)?.[1];
  return {
    ...(urls.length > 0 ? { iceServers: urls.map((url) => ({ urls: [url] })) } : {}),
    ...(policy === undefined ? {} : { iceTransportPolicy: policy }),
    ...(bundle === undefined ? {} : { bundlePolicy: bundle }),
  };
}

/** What a heading says of the description under it. */
interface Heading {
  readonly isLocal: boolean;
  readonly time: number | null;
}

/** Walks through the page, and sorts what it meets. */
class Page {
  readonly #connections: Connection[] = [];
  readonly #log: string[] = [];
  #cells: string[] | null = null;
  /** Texts of the element that is being read: a cell, a description, a line of the log, a configuration. */
  #open: { readonly name: string; readonly parts: string[]; readonly isConfiguration: boolean } | null = null;
  #isClosed = false;
  #saved = 0;
  #heading: Heading | null = null;
  /** Of a history: its column, 0 local and 1 remote. */
  #column = -1;

  tag(tag: Tag): void {
    if (tag.kind === 'close') this.#close(tag.name);
    else this.#begin(tag);
  }

  text(text: string): void {
    if (this.#open) this.#open.parts.push(text);
    const pcid = PCID.exec(text);
    if (pcid && this.#open?.name !== 'p') this.#connect(text.slice(pcid.index).trim());
    else this.#saved = Date.parse(DATE.exec(text)?.[0] ?? '') || this.#saved;
  }

  end(): { readonly connections: readonly Connection[]; readonly log: readonly string[] } {
    if (this.#open) this.#close(this.#open.name);
    return { connections: this.#connections, log: this.#log };
  }

  #begin(tag: Tag): void {
    const isConfiguration = tag.attribute('class') === 'peer-connection-config';
    if (tag.name === 'br' && this.#open) this.#open.parts.push('\n');
    if (tag.name === 'tr') this.#cells = [];
    if (['td', 'pre', 'p'].includes(tag.name) || isConfiguration)
      this.#open = { name: tag.name, parts: [], isConfiguration };
    if (/^h[345]$/.test(tag.name)) this.#headed(tag);
    if (tag.attribute('class') === 'sdp-history') this.#column = -1;
  }

  /** A connection's own heading, or that of a description; `data-l10n-id` is the same in every language. */
  #headed(tag: Tag): void {
    const id = tag.attribute('data-l10n-id') ?? '';
    const args = argumentsOf(tag);
    if (typeof args['now'] === 'string') this.#saved = Date.parse(args['now']) || this.#saved;
    if (/connection-(?:open|closed)/.test(id)) this.#isClosed = id.endsWith('-closed');
    if (/-(?:local|remote)-sdp-heading/.test(id)) this.#column = id.includes('-local-') ? 0 : 1;
    const time = typeof args['timestamp'] === 'number' ? args['timestamp'] : null;
    if (tag.name === 'h5' || /sdp-heading/.test(id)) this.#heading = { isLocal: this.#column === 0, time };
  }

  #close(name: string): void {
    const open = this.#open;
    if (open?.name === name) {
      this.#open = null;
      this.#take(open.name, open.parts.join(''), open.isConfiguration);
    }
    if (name === 'tr' && this.#cells) {
      const pair = pairOf(this.#cells);
      if (pair) this.#current?.pairs.push(pair);
      this.#cells = null;
    }
  }

  #take(name: string, text: string, isConfiguration: boolean): void {
    const connection = this.#current;
    if (isConfiguration && connection) connection.configuration += text;
    else if (name === 'td') this.#cell(text.trim());
    else if (name === 'pre' && /^v=0/.test(text.trim())) this.#describe(text.trim());
    else if (name === 'p' && /^\(\w+\/\w+\)|ICE|STUN|TURN/.test(text)) this.#log.push(text);
  }

  #cell(text: string): void {
    this.#cells?.push(text);
    if (text.startsWith('candidate:')) this.#current?.remote.push(text);
    else if (/^(?:host|srflx|prflx|relay|turn-relay)\(IP/.test(text)) this.#current?.local.push(text);
  }

  /** Without ids the local one comes first, then the other (until Firefox 72). */
  #describe(text: string): void {
    const connection = this.#current;
    if (!connection) return;
    const isLocal = this.#column >= 0 ? this.#heading?.isLocal === true : connection.written.length % 2 === 0;
    const sdp = `${text.split(/\r\n|\n|\r/).join('\r\n')}\r\n`;
    connection.written.push({ isLocal, sdp, time: this.#heading?.time ?? null });
  }

  get #current(): Connection | undefined {
    return this.#connections.at(-1);
  }

  #connect(pcid: string): void {
    if (this.#connections.some((known) => known.pcid === pcid)) return;
    this.#connections.push({
      pcid,
      savedAt: this.#saved,
      isClosed: this.#isClosed,
      configuration: '',
      ...{ pairs: [], local: [], remote: [], written: [] },
    });
    this.#column = -1;
    this.#heading = null;
  }
}

function argumentsOf(tag: Tag): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(tag.attribute('data-l10n-args') ?? '{}') ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
