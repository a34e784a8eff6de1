import { bracketed } from '../../../core/base/address.ts';
import { serverKind } from '../../../core/ice/server-url.ts';
import { candidateKey, readCandidate } from '../../../core/projections/candidates.ts';
import type { EventOf, SessionEvent } from '../../../core/session/event.ts';
import { answerWith } from './server-requests.ts';
import { type LadderState, type Entry, base, join, lastOf } from './state.ts';
import type { CallRow, DataRow, NoteRow, ServerName, ServerRow } from './row.ts';

/** `icecandidate`: where it came from a server, what must have been asked and answered stands before it. */
export function gathered(ladder: LadderState, entry: Entry, event: EventOf<'onicecandidate'>): void {
  const candidate = event.value && readCandidate(event.value.candidate);
  if (!candidate) return;
  if (ladder.settling.get(event.peer)?.outcome !== 'pending') ladder.settling.delete(event.peer);
  const { type, address, port, protocol } = candidate;
  const common = { ...base(entry), candidates: [candidateKey(candidate)] };
  if (type === 'srflx' || type === 'relay') {
    const own = `${bracketed(address)}:${port}`;
    const seen = answerWith(ladder, event.peer, own);
    if (seen) {
      seen.events.push(event.id);
      seen.candidates.push(...common.candidates);
      return;
    }
    const server = serverOf(type, event.value?.url ?? '');
    const asked = type === 'relay' ? 'Allocate' : 'Binding request';
    const told = type === 'relay' ? `yours: :${port}` : `you are :${port}`;
    const exchange = { ...common, ...concluded, server, type, told: null } as const;
    ladder.rows.push(
      { ...exchange, events: [...common.events], id: `${event.id} asked`, at: null, way: 'ask', text: asked },
      { ...exchange, way: 'answer', text: told, told: own },
    );
  } else
    ladder.rows.push({
      ...common,
      kind: 'candidate',
      type,
      address,
      port,
      protocol,
      line: event.value!.candidate,
      sent: null,
    });
}

const concluded = { kind: 'server', evidence: 'inferred', count: 1, isRefused: false } as const;

/** A TURN server answers Binding requests too (RFC 8656, section 7): its URL tells. */
function serverOf(type: 'srflx' | 'relay', url: string): ServerName {
  return type === 'relay' || serverKind(url) === 'TURN' ? 'TURN' : 'STUN';
}

export function failedToAsk(
  ladder: LadderState,
  entry: Entry,
  { value }: EventOf<'onicecandidateerror'>,
): void {
  const server = serverKind(value.url) ?? 'STUN';
  const row: ServerRow = {
    ...base(entry),
    ...concluded,
    way: 'error',
    server,
    type: server === 'TURN' ? 'relay' : 'srflx',
    text: `${value.errorCode} ${value.errorText}`.trim(),
    told: null,
    isRefused: true,
  };
  ladder.rows.push(row);
}

/** signalingState, and the start of gathering, belong to the call that moves them; what comes of itself is told alone. */
export function changeState(ladder: LadderState, entry: Entry, state: string): void {
  const { event } = entry;
  const call = ladder.settling.get(event.peer);
  const isRecent = call && (call.outcome === 'pending' || event.at - call.until < SETTLES_WITHIN);
  const text = event.type === 'onsignalingstatechange' ? state : gatheringText(state);
  if (isRecent && (event.type === 'onsignalingstatechange' || isBegunBy(call, state))) {
    call.led.push(text);
    call.events.push(event.id);
  } else tell(ladder, entry, event.type === 'onsignalingstatechange' ? `signaling ${state}` : text);
}

/** In ms. Gathering begins shortly after its call has succeeded. */
const SETTLES_WITHIN = 500;

const gatheringText = (state: string): string => (state === 'gathering' ? state : `gathering ${state}`);

const isBegunBy = (call: CallRow, state: string): boolean =>
  state === 'new' || (state === 'gathering' && call.name === 'setLocalDescription');

/** `connectionState` follows from ICE and DTLS, so it joins the row that tells of them; what is told twice, too. */
export function tell(ladder: LadderState, entry: Entry, text: string): void {
  const last = lastOf(ladder, 'note', entry);
  if (last?.texts.includes(text)) return join(last, entry);
  const follows =
    entry.event.type === 'onconnectionstatechange' && /^(ICE|DTLS) /.test(last?.texts.at(-1) ?? '');
  if (last && follows) {
    last.texts.push(text);
    return join(last, entry);
  }
  const row: NoteRow = { ...base(entry), kind: 'note', texts: [text] };
  ladder.rows.push(row);
}

/** Messages of a burst share rows of ten, by their number, so that it does not matter where the reading began. */
const BURST = 10;

export function sendData(ladder: LadderState, entry: Entry, event: EventOf<':data.sent'>): void {
  const { label, number, bytes, text } = event.value;
  const last = lastOf(ladder, 'data', entry);
  const fits = last?.label === label && number % BURST !== 0;
  const row = fits ? last : dataRow(entry, label, text ?? null);
  if (row === last) join(row, entry);
  else ladder.rows.push(row);
  row.count++;
  row.bytes += bytes;
  ladder.data.set(`${event.peer} ${label} ${number}`, row);
}

export function receiveData(
  ladder: LadderState,
  entry: Entry,
  event: EventOf<':data.received'>,
  from: string,
): void {
  const { label, number, bytes, text } = event.value;
  const known = ladder.data.get(`${from} ${label} ${number}`);
  if (known) {
    known.events.push(event.id);
    known.arrived++;
    return;
  }
  if (entry.wasSentBefore(event)) return;
  ladder.rows.push({ ...dataRow(entry, label, text ?? null), peer: from, count: 1, arrived: 1, bytes });
}

const dataRow = (entry: Entry, label: string, text: string | null): DataRow => ({
  ...base(entry),
  kind: 'data',
  label,
  text,
  count: 0,
  bytes: 0,
  arrived: 0,
});

/** What the browser tells in an event of its own, in a word or two; null for what is told elsewhere or not at all. */
export function noteText(event: SessionEvent): string | null {
  switch (event.type) {
    case 'oniceconnectionstatechange':
      return `ICE ${event.value}`;
    case 'onconnectionstatechange':
      return `connection ${event.value}`;
    case ':dtls.state':
      return `DTLS ${event.value}`;
    case ':datachannel.state':
      return `data channel ${event.value.label} ${event.value.state}`;
    case 'ondatachannel':
      return `datachannel ${event.value.label}`;
    case 'ontrack':
      return `track ${event.value.kind}`;
    case 'onnegotiationneeded':
      return 'negotiationneeded';
    case ':peer.gone':
      return 'gone';
    default:
      return null;
  }
}
