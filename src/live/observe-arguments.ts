/** What calls are given and give, as plain data. Whatever a page hands over, reading it does not throw. */
import type {
  CandidateInit,
  ChannelInfo,
  Configuration,
  Description,
  TrackInfo,
} from '../core/session/event.ts';
import { safeConfiguration } from '../core/session/redact.ts';

type Members = Readonly<Record<string, unknown>>;

/** Servers by URL and user name, and settings that are plain values; a credential is nowhere in it. */
export function configurationOf(value: unknown): Configuration {
  const members = attempt(() => safeConfiguration(value as Record<string, unknown> | null), {});
  const { iceServers, ...rest } = members;
  return { ...plain(rest), ...(iceServers ? { iceServers } : {}) };
}

/** Options are switches, numbers and words; what lies deeper is not theirs. */
export function optionsOf(value: unknown): Members | null {
  return isObject(value) ? plain(value) : null;
}

export function descriptionOf(value: unknown): Description | null {
  if (!isObject(value)) return null;
  const [type, sdp] = attempt(() => [value['type'], value['sdp']], [null, null]);
  return typeof type === 'string' ? { type, sdp: textOf(sdp) ?? '' } : null;
}

/** RTCIceCandidate and RTCIceCandidateInit alike; nothing at all ends the candidates, and so does an empty text. */
export function candidateOf(value: unknown): CandidateInit {
  if (!isObject(value)) return { candidate: '' };
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = attempt(() => readCandidate(value), {});
  return {
    candidate: textOf(candidate) ?? '',
    sdpMid: textOf(sdpMid),
    sdpMLineIndex: typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null,
    usernameFragment: textOf(usernameFragment),
  };
}

const readCandidate = ({
  candidate,
  sdpMid,
  sdpMLineIndex,
  usernameFragment,
}: Members): { readonly [K in keyof CandidateInit]?: unknown } => ({
  candidate,
  sdpMid,
  sdpMLineIndex,
  usernameFragment,
});

export function channelOf(label: unknown, init: unknown): ChannelInfo {
  const { id, ...options } = optionsOf(init) ?? {};
  const known = typeof id === 'number' ? { ...options, id } : options;
  return { ...known, label: attempt(() => `${label}`, '') };
}

/** Of a track, or of the word for its kind. */
export const kindOf = (value: unknown): string =>
  (typeof value === 'string' ? value : textOf(member(value, 'kind'))) ?? '';

export const transceiverOf = (what: unknown, init: unknown): TrackInfo => ({
  kind: kindOf(what),
  direction: textOf(member(init, 'direction')) ?? 'sendrecv',
});

/** `InvalidStateError: …`, in the browser's own words. */
export const failureOf = (error: unknown): string => attempt(() => String(error), 'Error: ');

/** A member of anything; one whose getter throws counts as absent. */
export const member = (value: unknown, name: string): unknown =>
  isObject(value) ? attempt(() => value[name], undefined) : undefined;

const plain = (value: Members): Members =>
  Object.fromEntries(
    attempt(() => Object.entries(value), []).filter(([, one]) =>
      ['string', 'number', 'boolean'].includes(typeof one),
    ),
  );

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
