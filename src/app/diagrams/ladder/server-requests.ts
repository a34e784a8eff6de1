/**
 * What our own STUN/TURN server saw asked of it, and answered: the rows of servers are observed then, where they are
 * concluded from candidates otherwise. Checks, keys and data that go through a relay are told by Packets alone: the Ladder
 * would be nothing else.
 */
import type { EventOf, Packet, SessionEvent } from '../../../core/session/event.ts';
import { decodeBase64 } from '../../../core/base/base64.ts';
import { methods } from '../../../core/stun/methods.ts';
import { decode, type Gist } from '../packets/model.ts';
import { type LadderState, type Entry, base, join, lastOf } from './state.ts';
import type { ServerRow } from './row.ts';

const { binding, allocate, refresh, createPermission, channelBind } = methods;
/** Of a request, of its success and of its error response (RFC 8489, section 5). */
const CLASSES = [0x000, 0x100, 0x110];
const EXCHANGED: ReadonlySet<number> = new Set(
  [binding, allocate, refresh, createPermission, channelBind].flatMap(({ number }) =>
    CLASSES.map((bits) => number | bits),
  ),
);

/** By the message type alone: it is asked of every packet of a session. */
export function isExchange({ type, value }: SessionEvent): boolean {
  if (type !== ':packet' || value.seenAt !== 'server') return false;
  const [high = 0xff, low = 0xff] = decodeBase64(value.bytes.slice(0, 4)) ?? [];
  return EXCHANGED.has((high << 8) | low);
}

/** A row; what is said again to the same server, with nothing in between, joins the one before. */
export function asked(ladder: LadderState, entry: Entry, { value }: EventOf<':packet'>): void {
  if (!isExchange(entry.event)) return;
  const row = rowOf(entry, value);
  const last = lastOf(ladder, 'server', entry);
  const isSame = last?.evidence === 'observed' && last.way === row.way && last.text === row.text;
  if (!isSame || last.server !== row.server) return void ladder.rows.push(row);
  join(last, entry);
  last.count++;
}

function rowOf(entry: Entry, packet: Packet): ServerRow {
  const { gist } = decode(packet);
  const isAnswer = packet.direction === 'sent';
  return {
    ...base(entry),
    kind: 'server',
    evidence: 'observed',
    way: isAnswer ? 'answer' : 'ask',
    server: gist.isStun ? 'STUN' : 'TURN',
    type: gist.isStun ? 'srflx' : 'relay',
    text: isAnswer ? answerText(gist) : questionText(gist),
    count: 1,
    told: isAnswer ? (gist.relayed ?? gist.mapped) : null,
    isRefused: gist.mark === 'fail',
  };
}

/** `Allocate with password`, `CreatePermission for 203.0.113.24` */
function questionText({ name, note, value }: Gist): string {
  if (name === 'Binding request') return name;
  if (name === 'Refresh request') return `Refresh: ${note}`;
  return [name.replace(' request', ''), note, value].filter(Boolean).join(' ');
}

function answerText({ mark, value, relayed, mapped }: Gist): string {
  if (mark === 'fail') return value;
  if (relayed) return `yours: ${portOf(relayed)}`;
  return mapped ? `you are ${portOf(mapped)}` : 'granted';
}

const portOf = (address: string): string => /:\d+$/.exec(address)?.[0] ?? address;

/** The observed row in which a server told this transport address to its peer. */
export const answerWith = ({ rows }: LadderState, peer: string, told: string): ServerRow | undefined =>
  rows.findLast(
    (row): row is ServerRow =>
      row.kind === 'server' && row.evidence === 'observed' && row.peer === peer && row.told === told,
  );
