/** Writes down what happens in a simulation as events of a session. */
import { encodeBase64 } from '../base/base64.ts';
import { roundTime } from '../base/clock.ts';
import type { EventType, EventValues, NewEvent } from '../session/event.ts';
import { formatTransportAddress } from '../base/address.ts';
import type { Host } from './host.ts';
import type { Drop, Packet } from './packet.ts';
import type { Mapping } from './nat.ts';
import type { Schedule } from './schedule.ts';
import type { Wire } from './wire.ts';

/** How much is written down. */
export type Detail = 'nothing' | 'states' | 'everything';

export class Recorder {
  readonly #schedule: Schedule;
  readonly #detail: Detail;
  readonly events: NewEvent[] = [];
  #last = -0.001;

  constructor(schedule: Schedule, detail: Detail) {
    this.#schedule = schedule;
    this.#detail = detail;
  }

  get isOn(): boolean {
    return this.#detail !== 'nothing';
  }

  /** No two events share a time: what came later stands later. */
  emit<T extends EventType>(peer: string, type: T, value: EventValues[T], correlation?: string): void {
    if (!this.isOn) return;
    const at = roundTime(Math.max(this.#schedule.now, this.#last + 0.001));
    this.#last = at;
    this.events.push({
      peer,
      type,
      value,
      at,
      ...(correlation === undefined ? {} : { correlation }),
    } as NewEvent);
  }

  packet(host: Host, packet: Packet, direction: 'sent' | 'received', serverPorts: ReadonlySet<number>): void {
    if (this.#detail !== 'everything' || (packet.segment && packet.segment.flags !== 'data')) return;
    const [local, remote] =
      direction === 'sent' ? [packet.source, packet.destination] : [packet.destination, packet.source];
    const isServer = host.side === null;
    // What a device sends to a server is told as the server saw it.
    if (!isServer && packet.transport === 'tcp') return;
    this.emit(packet.side, ':packet', {
      direction,
      transport: packet.transport,
      local: formatTransportAddress(local),
      remote: formatTransportAddress(remote),
      seenAt: isServer ? (serverPorts.has(local.port) ? 'server' : 'relay') : 'host',
      bytes: encodeBase64(packet.wire.bytes),
      within: 0,
    });
  }

  drop({ packet, where, reason }: Drop): void {
    if (this.#detail !== 'everything') return;
    this.emit(packet.side, ':packet.dropped', {
      transport: packet.transport,
      source: formatTransportAddress(packet.source),
      destination: formatTransportAddress(packet.destination),
      where,
      reason,
      what: nameOf(packet.wire),
    });
  }

  mapping(peer: string, nat: string, mapping: Mapping, remote: Packet['source'], until: number): void {
    if (this.#detail !== 'everything') return;
    this.emit(peer, ':nat.mapping', {
      nat,
      transport: mapping.transport,
      inside: formatTransportAddress(mapping.inside),
      outside: formatTransportAddress(mapping.outside),
      remote: formatTransportAddress(remote),
      until: roundTime(until),
    });
  }
}

function nameOf(wire: Wire): 'check' | 'answer' | 'DTLS' | 'TCP' {
  if (wire.kind === 'tcp') return 'TCP';
  if (wire.kind !== 'stun') return 'DTLS';
  return wire.content.class === 'request' ? 'check' : 'answer';
}
