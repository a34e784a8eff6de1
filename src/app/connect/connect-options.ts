/** What the form about a connection holds, and what it asks of the browser. */
import type { IceServer } from '../../core/ice/server-url.ts';
import type { LoopbackOptions } from '../../live/loopback.ts';
import { server } from './server.svelte.ts';

export interface ConnectOptions {
  audio: boolean;
  video: boolean;
  trickle: boolean;
  /** `direct` asks no server at all, `stun` our own STUN server and no TURN. */
  ways: 'direct' | 'stun' | 'all' | 'relay';
  bundlePolicy: 'balanced' | 'max-compat' | 'max-bundle';
  iceCandidatePoolSize: number;
  /** As typed, one URL a line. */
  servers: string;
  /** In place of the one that our own server gives; '' keeps that. */
  turnPassword: string;
}

export const DEFAULTS: ConnectOptions = {
  audio: false,
  video: false,
  trickle: true,
  ways: 'direct',
  bundlePolicy: 'balanced',
  iceCandidatePoolSize: 0,
  servers: '',
  turnPassword: '',
};

/** `typed` are the servers that the reader named; where there are none, those beside the page. */
export function connectionOptions(
  { ways, servers: _text, ...options }: ConnectOptions,
  typed: readonly IceServer[],
): LoopbackOptions {
  const named = typed.length > 0 ? typed : ways === 'direct' ? [] : server.servers(ways === 'stun');
  const iceServers = named.map((entry) => ({ ...entry, urls: [...entry.urls] }));
  return { ...options, iceServers, iceTransportPolicy: ways === 'relay' ? 'relay' : 'all' };
}

/** The same for one end, as the browser takes it. */
export function configurationOf(form: ConnectOptions, typed: readonly IceServer[]): RTCConfiguration {
  const options = connectionOptions(form, typed);
  return { ...options, iceServers: [...options.iceServers] };
}
