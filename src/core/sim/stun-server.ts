/** A STUN server: it tells who asks from where the question came (RFC 8489, sections 2 and 6.3.1). */
import type { TransportAddress } from '../base/address.ts';
import type { Host } from './host.ts';
import type { Packet } from './packet.ts';
import { BINDING } from './stun-content.ts';
import { type Reader, stunWire } from './wire.ts';

export function startStunServer(host: Host, at: TransportAddress, reader: Reader): void {
  host.listen('udp', at.address, (packet) => answer(host, packet, reader), at.port);
}

function answer(host: Host, { wire, source, destination, side }: Packet, reader: Reader): void {
  if (wire.kind !== 'stun') return;
  const { class: kind, method, id } = reader.read(wire);
  if (kind !== 'request' || method !== BINDING) return;
  host.send({
    transport: 'udp',
    source: destination,
    destination: source,
    side,
    wire: stunWire({ class: 'success', method, id, mapped: source }),
  });
}
