/**
 * What a packet carries. STUN messages are kept as content and become bytes when somebody asks; with `exact` the
 * receiver reads those bytes with core/stun, as a real one would. Both ways give the same run: a test holds them together.
 */
import { encodeChannelData } from '../stun/channel-data.ts';
import {
  type Credential,
  type StunContent,
  decodeContent,
  encodeContent,
  isProtectedBy,
  isSameCredential,
} from './stun-content.ts';

export interface StunWire {
  readonly kind: 'stun';
  readonly content: StunContent;
  /** The packet that DATA holds. */
  readonly inner?: Wire;
  readonly bytes: Uint8Array;
}
/** ChannelData (RFC 8656, section 12.4). */
export interface ChannelWire {
  readonly kind: 'channel';
  readonly channel: number;
  readonly inner: Wire;
  readonly bytes: Uint8Array;
}
/** DTLS and what it carries: the simulator reads `step` and `ask`, which a real one would decrypt. */
export interface SecureWire {
  readonly kind: 'dtls';
  readonly step: string;
  readonly isAnswer: boolean;
  /** The text of a message of a data channel. */
  readonly text?: string;
  /** How many bytes there are, which are made when somebody asks. */
  readonly size: number;
  readonly bytes: Uint8Array;
}
/** A segment of TCP without data, or the first bytes of TLS. */
export interface TcpWire {
  readonly kind: 'tcp';
  readonly bytes: Uint8Array;
}
export type Wire = StunWire | ChannelWire | SecureWire | TcpWire;

/** Keeps its bytes once they were asked for. */
class LazyStun implements StunWire {
  readonly kind = 'stun';
  readonly content: StunContent;
  readonly inner?: Wire;
  #bytes: Uint8Array | null = null;

  constructor(content: StunContent, inner?: Wire) {
    this.content = content;
    if (inner) this.inner = inner;
  }

  get bytes(): Uint8Array {
    const { inner, content } = this;
    return (this.#bytes ??= encodeContent(inner ? { ...content, data: inner.bytes } : content));
  }
}

class LazyChannel implements ChannelWire {
  readonly kind = 'channel';
  readonly channel: number;
  readonly inner: Wire;

  constructor(channel: number, inner: Wire) {
    this.channel = channel;
    this.inner = inner;
  }

  get bytes(): Uint8Array {
    return encodeChannelData({ channel: this.channel, data: this.inner.bytes });
  }
}

export const stunWire = (content: StunContent, inner?: Wire): StunWire => new LazyStun(content, inner);
export const channelWire = (channel: number, inner: Wire): ChannelWire => new LazyChannel(channel, inner);

/** Bytes without the headers of UDP and IP, near enough for what has no bytes yet. */
export function sizeOf(wire: Wire): number {
  if (wire.kind === 'channel') return 4 + sizeOf(wire.inner);
  if (wire.kind === 'dtls') return wire.size;
  if (wire.kind === 'tcp') return wire.bytes.length;
  return 100 + (wire.inner ? sizeOf(wire.inner) : 0);
}

/** How receivers read messages. */
export class Reader {
  readonly #exact: boolean;

  constructor(exact: boolean) {
    this.#exact = exact;
  }

  read(wire: StunWire): StunContent {
    return this.#exact ? decodeContent(wire.bytes) : wire.content;
  }

  isProtectedBy(wire: StunWire, credential: Credential): boolean {
    return this.#exact
      ? isProtectedBy(wire.bytes, credential)
      : isSameCredential(wire.content.credential, credential);
  }
}
