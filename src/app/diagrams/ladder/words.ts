/** What the rows say: in the picture, and in full for the text alternative. */
import { bytes } from '../../format/words.ts';
import { type Ends, labelIn } from './lifelines.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import type { CallRow, ChannelRow, CheckRow, ChosenRow, DataRow, Row, ServerRow, SignalRow } from './row.ts';
import { lengthText } from '../timeline/units.ts';

/** `setLocalDescription(offer)`, `addIceCandidate() ×3` */
export const callText = ({ name, detail, count }: Readonly<CallRow>): string =>
  `${name}(${detail})${count > 1 ? ` ×${count}` : ''}`;

export function signalText({ what, flight, marks, ended }: Readonly<SignalRow>): string {
  if (what !== 'candidate') return `${what}, ${bytes(flight.bytes)}`;
  if (marks.length === 0) return ended ? 'end of candidates' : many(flight.count, 'candidate');
  return `${many(marks.length, 'candidate')}${ended ? ', then the end' : ''}`;
}

/** `offer`, `host candidate`, `end of candidates` */
export function messageName({ what, type }: Pick<ChannelRow, 'what' | 'type'>): string {
  if (what === 'end') return 'end of candidates';
  return type === null ? what : `${TYPE_WORDS[type]} candidate`;
}

/**
 * At the entrance its size, at the exit how long it was inside, and whether it comes before what was sent earlier; the
 * fullest first, then what is left where there is less room.
 */
export function channelTexts(row: Readonly<ChannelRow>): readonly [string, ...string[]] {
  const name = messageName(row);
  const short = row.type === null ? name : 'candidate';
  if (row.step === 'enter') return [`${name}, ${bytes(row.bytes)}`, name, short];
  if (row.step === 'drop') return [`${name} dropped`, short];
  const twice = row.flight.count > 1 ? ', twice' : '';
  if (row.overtakes)
    return [
      `${name} comes before the ${row.overtakes}${twice}`,
      `comes before the ${row.overtakes}${twice}`,
      short,
    ];
  return [`${name}${twice}, after ${lengthText(row.took)}`, `${name}${twice}`, `${short}${twice}`, short];
}

export function checkText({ way, count, pairs, ports }: Readonly<CheckRow>): string {
  if (way === 'answer') return count === 1 ? 'answered' : many(count, 'answer');
  if (ports) return `${many(count, 'check')}, :${ports[0]} to :${ports[1]}`;
  return `${many(count, 'check')} on ${many(pairs.length, 'pair')}`;
}

/** Where only one side has told it yet, whose side that is. */
export function chosenText({ by, ports, peer, isMutual }: Readonly<ChosenRow>, labelOf: LabelOf): string {
  const pair = ports ? `:${ports[0]} and :${ports[1]}` : 'a pair';
  return `${pair} ${by}${isMutual ? '' : `, says ${labelOf(peer)}`}`;
}

export function dataText({ count, bytes: size, text }: Readonly<DataRow>): string {
  return count === 1
    ? `${text === null ? 'message' : `“${text}”`}, ${bytes(size)}`
    : `${count} messages, ${bytes(size)}`;
}

export const many = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

export type LabelOf = (peer: string) => string;

/** One row as a clause: `A calls createOffer()`. */
export function say(row: Row, ends: Ends): string {
  const labelOf = labelIn(ends);
  const me = labelOf(row.peer);
  const other = labelOf(ends.opposite(row.peer));
  switch (row.kind) {
    case 'call':
      return `${me} calls ${callText(row)}${outcomeOf(row)}`;
    case 'candidate':
      return `${me} gathers ${row.type} ${row.address}:${row.port}${row.sent ? ` and sends it to ${other}` : ''}`;
    case 'signal':
      return `${me} sends ${signalText(row)} to ${other}${isUnderWay(row, ends) ? ', not there yet' : ''}`;
    case 'channel':
      return sayChannel(row, me, other);
    case 'server':
      return sayServer(row, me);
    case 'note':
      return `${me}: ${row.texts.join(', ')}`;
    case 'check':
      return row.way === 'ask'
        ? `${me} sends ${other} ${checkText(row)}`
        : `${other} answers ${me}: ${checkText(row)}`;
    case 'chosen':
      return chosenText(row, labelOf);
    case 'data':
      return `${me} sends ${other} ${dataText(row)} over ${row.label}`;
  }
}

function sayChannel(row: Readonly<ChannelRow>, me: string, other: string): string {
  const label = `the ${messageName(row)}`;
  if (row.step === 'enter')
    return `${me} sends ${other} ${label} (${bytes(row.bytes)})${row.dropped ? ', and it is dropped' : ''}`;
  if (row.step === 'drop') return `${label} of ${me} is dropped in the channel`;
  const how = row.overtakes ? `, before the ${row.overtakes} that was sent earlier` : '';
  const twice = row.flight.count > 1 ? ' twice' : '';
  return `${label} of ${me} leaves the channel for ${other}${twice} after ${lengthText(row.took)}${how}`;
}

const isUnderWay = ({ flight }: Readonly<SignalRow>, { isOneSided }: Ends): boolean =>
  flight.arrived < flight.count && !isOneSided;

function outcomeOf({ outcome, error, led }: Readonly<CallRow>): string {
  if (outcome === 'pending') return ', pending';
  if (outcome === 'refused') return `, refused with ${error}`;
  return led.length ? `, which leads to ${led.join(', ')}` : '';
}

/** `CreatePermission for 203.0.113.24 ×2` */
export const serverText = ({ text, count }: Readonly<ServerRow>): string =>
  `${text}${count > 1 ? ` ×${count}` : ''}`;

function sayServer(row: Readonly<ServerRow>, me: string): string {
  const { way, server } = row;
  const text = serverText(row);
  if (way === 'ask') return `${me} asks ${server}: ${text}`;
  return way === 'answer'
    ? `${server} answers ${me}: ${text}`
    : `${me} hears no good from ${server}: ${text}`;
}
