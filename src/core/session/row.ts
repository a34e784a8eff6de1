/** What a dump says of one thing that happened, under whichever of its names, as an event of a session. */
import type { Configuration, NewEvent } from './event.ts';
import { EVENT_TYPES, isKnownType } from './known-types.ts';
import { withoutCredentials } from './redact.ts';

export interface Row {
  readonly method: string;
  /** `''` where the row is of no connection. */
  readonly peer: string;
  /** Milliseconds since the session began. */
  readonly at: number;
  readonly value: unknown;
  readonly extra?: readonly unknown[];
}

/** An event whose value everything can rely on; what is not known, or has another value, is kept whole as `:unknown`. */
export function eventOfRow({ method, peer, at, value, extra = [] }: Row): NewEvent {
  const type = typeOf(method);
  const known = readValue(type, value, extra);
  const isOfConnection = peer !== '' || type.startsWith(':');
  if (!isOfConnection || !isKnownType(type, known))
    return withoutCredentials({
      type: ':unknown',
      peer: safeName(peer),
      at,
      value: { method, value, extra },
    });
  const correlation =
    isCorrelated(type) && typeof extra[0] === 'string' ? { correlation: safeName(extra[0]) } : {};
  return withoutCredentials({ type, peer: safeName(peer), at, value: known, ...correlation } as NewEvent);
}

/** Facts are kept by name in plain objects, so no name may be one that every object has, such as `constructor`. */
export const safeName = (name: string): string => (name in {} ? `name ${name}` : name);

/** Names without `on`, in lower case, by which every generation of dumps can be told. */
const BY_BARE_NAME: ReadonlyMap<string, string> = new Map([
  ...EVENT_TYPES.map((type): [string, string] => [bareName(type), type]),
  ['addicecandidatefailed', 'addIceCandidateOnFailure'],
  ['stop', 'close'],
]);

function bareName(name: string): string {
  return name.toLowerCase().replace(/^on/, '');
}

const typeOf = (method: string): string => BY_BARE_NAME.get(bareName(method)) ?? method;

/** rtcstats-js joins a call with its outcome by a name of its own; other rows have something else in that place. */
const isCorrelated = (type: string): boolean => type !== 'create' && type !== 'getStats';

function readValue(type: string, value: unknown, extra: readonly unknown[]): unknown {
  switch (type) {
    case 'onsignalingstatechange':
    case 'onicegatheringstatechange':
    case 'oniceconnectionstatechange':
    case 'onconnectionstatechange':
      return readState(value);
    case 'onicecandidateerror':
      return readCandidateError(value);
    case 'setLocalDescription':
    case 'setLocalDescriptionOnSuccess':
    case 'setRemoteDescriptionOnSuccess':
    case 'onicecandidate':
    case 'addIceCandidate':
    case 'onnegotiationneeded':
    case 'restartIce':
    case 'close':
      return value === '' || value === undefined ? null : value;
    case 'createDataChannel':
      return Array.isArray(value)
        ? { ...(value[1] as object | undefined), label: value[0] as unknown }
        : value;
    case 'ondatachannel':
      return Array.isArray(value) ? { id: value[0] as unknown, label: value[1] as unknown } : value;
    case 'addTrack':
    case 'ontrack':
      return readTrack(value);
    case 'addTransceiver':
      return readTransceiver(value);
    case 'removeTrack':
      return typeof value === 'string' ? { kind: '', id: value } : value;
    case 'create':
    case 'setConfiguration':
      return readConfiguration(value, extra);
    default:
      return value;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `"\"checking\""` of Chromium from 142 on, `ICEConnectionStateChecking` and `kStable` of long before. */
function readState(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const bare = value.replace(/^"(.*)"$/, '$1');
  const named =
    /^k?(?:(?:ICE|Ice)?(?:Connection|Gathering)State|SignalingState|PeerConnectionState)?([A-Z]\w*)$/.exec(
      bare,
    );
  if (!named) return bare;
  return named[1]!
    .replace(/PrAnswer/, 'Pranswer')
    .replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
}

/** Chromium's dumps write the members with underscores. */
function readCandidateError(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { error_code: code, error_text: text, host_candidate: host, ...rest } = value;
  return {
    ...rest,
    address: value['address'] ?? null,
    port: value['port'] ?? null,
    errorCode: value['errorCode'] ?? code,
    errorText: value['errorText'] ?? text ?? '',
    ...(host === undefined ? {} : { hostCandidate: host }),
  };
}

/** `[kind, id, label, …streams]` of rtcstats-js; an object with these members of Chromium from 156 on. */
function readTrack(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [kind, id, label, ...streams] = value as readonly unknown[];
  return { kind, id, ...(label === undefined ? {} : { label }), streams };
}

function readTransceiver(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [track, init] = value as readonly unknown[];
  const kind = Array.isArray(track) ? (readTrack(track) as object) : { kind: track };
  return { ...kind, ...(isObject(init) ? init : {}) };
}

/** Chromium has the page's address beside the configuration. */
function readConfiguration(value: unknown, extra: readonly unknown[]): unknown {
  if (value !== null && value !== undefined && !isObject(value)) return value;
  const address = typeof extra[0] === 'string' ? { pageUrl: extra[0] } : {};
  return { ...(value as Configuration | null), ...address };
}
