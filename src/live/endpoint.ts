/** One of the two ends: an observed connection and its side of the signalling channel. */
import type { Clock } from '../core/base/clock.ts';
import {
  type CandidateInit,
  type Description,
  type Emit,
  type PeerId,
  RECORD_CHANNEL,
  type Signal,
} from '../core/session/event.ts';
import { observe } from './observe.ts';
import type { Channel } from './signalling/channel.ts';

export interface SignallingMessage {
  readonly kind: Signal['kind'];
  readonly payload: Description | CandidateInit | null;
}

export interface Endpoint {
  readonly id: PeerId;
  readonly pc: RTCPeerConnection;
  /** The data channel, made here or received; null before that. */
  channel: RTCDataChannel | null;
  /** Done between an offer that was read and the answer to it. */
  beforeAnswer?: () => Promise<void>;
  post(message: SignallingMessage): void;
  listen(listener: (message: SignallingMessage) => void): void;
  close(): void;
}

export interface EndpointOptions {
  readonly id: PeerId;
  readonly other: PeerId;
  readonly configuration: RTCConfiguration;
  readonly signalling: Channel;
  readonly emit: Emit;
  readonly now: Clock;
  /** Who makes both ends' introduction in the recording itself says so. */
  readonly isIntroduced?: boolean;
  /** Names the correspondence: its messages are `thread#1`, `thread#2`, … */
  readonly thread?: string;
}

export function createEndpoint(options: EndpointOptions): Endpoint {
  const { id, other, configuration, signalling, emit, now } = options;
  const { thread = `${id}>${other}` } = options;
  if (!options.isIntroduced)
    emit({ type: ':peer', peer: id, at: now(), value: { place: 'in this page', browser: browserName() } });
  const pc = new RTCPeerConnection(configuration);
  observe(pc, { peer: id, emit, now, recordText: true, unrecorded: RECORD_CHANNEL });
  let messages = 0;
  const end: Endpoint = {
    id,
    pc,
    channel: null,
    post(message) {
      const correlation = `${thread}#${++messages}`;
      const text = JSON.stringify({ id: correlation, ...message });
      const value = {
        ...message,
        to: other,
        channel: signalling.id,
        bytes: new TextEncoder().encode(text).length,
      };
      emit({ type: ':signal.sent', peer: id, at: now(), value, correlation });
      signalling.send(text);
    },
    listen(listener) {
      signalling.listen((text) => {
        const {
          id: correlation,
          kind,
          payload,
        } = JSON.parse(text) as SignallingMessage & { readonly id: string };
        const value = {
          kind,
          payload: null,
          from: other,
          channel: signalling.id,
          bytes: new TextEncoder().encode(text).length,
        };
        emit({ type: ':signal.received', peer: id, at: now(), value, correlation });
        listener({ kind, payload });
      });
    },
    close() {
      pc.close();
      signalling.close();
    },
  };
  pc.addEventListener('datachannel', ({ channel }) => {
    if (channel.label !== RECORD_CHANNEL) end.channel = channel;
  });
  return end;
}

/** `Chromium 156`, `Firefox 140`: what the browser calls itself. */
export function browserName(): string {
  const { userAgent, userAgentData } = navigator as Navigator & {
    readonly userAgentData?: {
      readonly brands: readonly { readonly brand: string; readonly version: string }[];
    };
  };
  const named = userAgentData?.brands.find(({ brand }) => !/not.?a.?brand|^chromium$/i.test(brand));
  const brand = named ?? userAgentData?.brands.find(({ brand: name }) => name === 'Chromium');
  if (brand) return `${brand.brand} ${brand.version}`;
  const [, name, version] = /(Firefox|Edg|Chrome|Version)\/(\d+)/.exec(userAgent) ?? [];
  return name ? `${name === 'Version' ? 'Safari' : name} ${version}` : 'a browser';
}
