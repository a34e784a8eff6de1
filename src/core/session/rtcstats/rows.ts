/** The rows of an RTCStats dump, version 3, one after the other: `[method, connection, value, …extra, milliseconds since the row before]`. */
import { roundTime } from '../../base/clock.ts';
import type { NewEvent } from '../event.ts';
import { eventOfRow } from '../row.ts';
import { isEventName } from '../known-types.ts';
import { DescriptionReader } from './descriptions.ts';
import { type Row, faultOf, isServerClose, startOf } from './faults.ts';
import { methodName } from './names.ts';
import { type Reports, applyDelta, isWhole } from './stats.ts';

/** What was said of one connection so far. */
interface Connection {
  readonly descriptions: DescriptionReader;
  reports: Reports;
}

export class RowReader {
  readonly #events: NewEvent[] = [];
  readonly #connections = new Map<string, Connection>();
  /** Who made a description last, by its origin and of all. */
  readonly #creators = new Map<string, string>();
  #now: number | null = null;
  /** Reports that readings may still hold. */
  #reportsLeft = MOST_REPORTS;
  #startedAt = 0;

  /** What is wrong with it, or null: `has … and was left out`. */
  read(row: unknown): string | null {
    const fault = faultOf(row, methodName, this.#now);
    if (fault !== null) return fault;
    const [code, id, value] = row as Row;
    const delta = (row as Row).at(-1) as number;
    if (this.#now === null) this.#begin(row as Row, delta);
    else this.#now = roundTime(this.#now + delta);
    const method = methodName(code);
    const peer = this.#peerOf(method, id, value);
    const extra = (row as Row).slice(3, -1);
    if (method === 'getStats' && this.#reportsLeft <= 0) return TOO_MANY;
    const whole = this.#inFull(code, method, peer, value);
    const event: NewEvent = isServerClose(method, row as Row)
      ? { type: ':unknown', peer, at: this.#now!, value: { method, value: whole, extra } }
      : eventOfRow({ method, peer, at: this.#now!, value: whole, extra });
    this.#remember(event);
    const isShapeless = event.type === ':unknown' && peer !== '' && isEventName(method);
    return isShapeless ? SHAPELESS : null;
  }

  #remember(event: NewEvent): void {
    this.#events.push(event);
    if (event.type !== 'createOfferOnSuccess' && event.type !== 'createAnswerOnSuccess') return;
    this.#creators.set(ANY, event.peer);
    this.#creators.set(originOf(event.value.sdp), event.peer);
  }

  end(): { readonly events: readonly NewEvent[]; readonly isRestored: boolean } {
    const events = this.#events;
    if (!events.some(({ type }) => type === ':session'))
      events.unshift({
        type: ':session',
        peer: '',
        at: 0,
        value: { kind: 'imported', startedAt: this.#startedAt },
      });
    const isRestored = [...this.#connections.values()].some(({ descriptions }) => descriptions.isApproximate);
    return { events, isRestored };
  }

  /** The first delta counts from 1970. A dump begins at 0; ours where `:session` says, should its first event have come later. */
  #begin([method, , value]: Row, since1970: number): void {
    const at = roundTime(since1970 - (method === ':session' ? startOf(value) : NaN));
    this.#now = at > 0 && at < DAY ? at : 0;
    this.#startedAt = since1970;
  }

  /** Before Chromium 145 an implicit setLocalDescription came under the id `undefined-undefined`. */
  #peerOf(method: string, id: unknown, value: unknown): string {
    if (id === null || id === undefined) return '';
    if (id !== 'undefined-undefined') return String(id);
    const sdp = (value as { readonly sdp?: unknown } | null)?.sdp;
    const creator = this.#creators.get(typeof sdp === 'string' ? originOf(sdp) : ANY);
    if (creator !== undefined) return creator;
    const [only] = this.#connections.keys();
    return method === 'setLocalDescription' && this.#connections.size === 1 ? only! : '';
  }

  #inFull(code: string | number, method: string, peer: string, value: unknown): unknown {
    if (peer === '' || method.startsWith(':')) return value;
    const connection = this.#connectionOf(peer);
    if (method !== 'getStats') return connection.descriptions.read(method, value);
    const isFull = code === 'getStats' && isWhole(value);
    connection.reports = isFull ? value : applyDelta(connection.reports, value);
    this.#reportsLeft -= Object.keys(connection.reports).length;
    return connection.reports;
  }

  #connectionOf(peer: string): Connection {
    const known = this.#connections.get(peer);
    if (known) return known;
    const fresh = { descriptions: new DescriptionReader(), reports: {} };
    this.#connections.set(peer, fresh);
    return fresh;
  }
}

/** No `o=` line is this. */
const ANY = '';
/** A reading holds all reports, also those that did not change: of 500 a second this is more than an hour. */
const MOST_REPORTS = 2_000_000;
const TOO_MANY = 'has statistics beyond what can be shown of one file and was left out';

const DAY = 86_400_000;

const SHAPELESS =
  'has another value than such an event has: it is kept for saving, and nothing is shown of it';

/** The `o=` line names a description (RFC 8866, section 5.2). */
const originOf = (sdp: string): string => /^o=\S+ \S+/m.exec(sdp)?.[0] ?? sdp;
