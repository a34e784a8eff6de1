/** One peer connection of this end with the end elsewhere, from its making to its close. */
import { RECORD_CHANNEL } from '../../core/session/event.ts';
import { echoBack, typicalEcho } from '../echo.ts';
import { type EndpointOptions, createEndpoint } from '../endpoint.ts';
import { type SyntheticMedia, syntheticMedia } from '../synthetic-media.ts';
import { type Code, negotiate } from './negotiation.ts';

export interface ConnectionOptions extends EndpointOptions {
  readonly id: 'A' | 'B';
  readonly code: () => Code;
  readonly changed: (change: 'open' | 'stalled' | 'failed' | 'recovered' | 'closed') => void;
  /** The other side opened a channel for the records. */
  readonly recordOffered: (channel: RTCDataChannel) => void;
}

export interface Media {
  readonly audio: boolean;
  readonly video: boolean;
}

export interface Connection {
  send(text: string): void;
  /** Milliseconds there and back. */
  echo(): Promise<number>;
  /** Adds what is not sent yet; the browser then asks for another offer by itself. */
  add(media: Media): void;
  restartIce(): void;
  /** Offers at once, whatever the other side does: with a new ufrag, so that something hangs on who wins. */
  collide(): void;
  /** A second data channel, in order and reliable, so that the one that people write on stays theirs. */
  openRecord(): RTCDataChannel;
  close(): void;
}

/** A opens the data channel, so only A's browser asks for the first offer; else every connection began with a collision. */
export function createConnection(options: ConnectionOptions): Connection {
  const end = createEndpoint(options);
  const { pc } = end;
  const sources: SyntheticMedia[] = [];
  const offer = negotiate(end, { polite: options.id === 'B', code: options.code });

  function follow(channel: RTCDataChannel): void {
    end.channel = channel;
    echoBack(channel);
    channel.addEventListener('open', () => options.changed('open'));
    channel.addEventListener('close', () => options.changed('closed'));
  }

  pc.addEventListener('datachannel', ({ channel }) => {
    if (channel.label === RECORD_CHANNEL) options.recordOffered(channel);
    else follow(channel);
  });
  pc.addEventListener('connectionstatechange', () => {
    if (pc.connectionState === 'disconnected') options.changed('stalled');
    if (pc.connectionState === 'failed') options.changed('failed');
    if (pc.connectionState === 'connected' && end.channel?.readyState === 'open')
      options.changed('recovered');
  });
  if (options.id === 'A') follow(pc.createDataChannel('icescope'));

  return {
    send: (text) => end.channel?.send(text),
    echo: () => typicalEcho(end.channel),
    add({ audio, video }) {
      const kinds = new Set(pc.getSenders().map(({ track }) => track?.kind));
      const source = syntheticMedia({
        audio: audio && !kinds.has('audio'),
        video: video && !kinds.has('video'),
      });
      sources.push(source);
      for (const track of source.tracks) pc.addTrack(track);
    },
    restartIce: () => pc.restartIce(),
    collide() {
      pc.restartIce();
      void offer();
    },
    openRecord: () => pc.createDataChannel(RECORD_CHANNEL),
    close() {
      sources.forEach((source) => source.stop());
      end.close();
    },
  };
}
