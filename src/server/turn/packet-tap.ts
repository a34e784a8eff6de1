/** Every packet that the server receives or sends, for whoever wants to look (X-ray). Costs nothing while nobody does. */
import type { TransportAddress } from '../../core/base/address.ts';

export interface ObservedPacket {
  readonly direction: 'received' | 'sent';
  /** Milliseconds since 1970, with fractions. */
  readonly at: number;
  /** Between client and server, or between relay and peer. */
  readonly leg: 'client' | 'peer';
  readonly transport: 'udp' | 'tcp';
  readonly local: TransportAddress;
  readonly remote: TransportAddress;
  /** The datagram, or over TCP one message without its padding. */
  readonly bytes: Uint8Array;
  /** The 5-tuple of the client whose traffic this is: joins both legs of an allocation (see `clientKey`). */
  readonly client: string;
  /** The owner of the allocation, once there is one. */
  readonly username: string | undefined;
}

export type PacketListener = (packet: ObservedPacket) => void;

export class PacketTap {
  readonly #listeners = new Set<PacketListener>();

  get isOpen(): boolean {
    return this.#listeners.size > 0;
  }

  /** Returns what ends the listening. */
  listen(listener: PacketListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(packet: Omit<ObservedPacket, 'at'>): void {
    const at = performance.timeOrigin + performance.now();
    for (const listener of this.#listeners) listener({ ...packet, at });
  }
}
