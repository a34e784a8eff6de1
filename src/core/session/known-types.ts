import type { EventType } from './event.ts';

type KnownType = Exclude<EventType, ':unknown'>;

/** What a value looks like: by its own type, or as an object with these members; `?` may be missing or null. */
type Shape = 'text' | 'any' | 'reports' | Members | readonly [Members];
type Members = Readonly<Record<string, Member>>;
type Member = 'text' | 'text?' | 'number' | 'number?' | 'payload';

const DESCRIPTION: Members = { type: 'text', sdp: 'text?' };
const CANDIDATE: Members = {
  candidate: 'text',
  sdpMid: 'text?',
  sdpMLineIndex: 'number?',
  usernameFragment: 'text?',
};
const TRACK: Members = { kind: 'text', mid: 'text?', direction: 'text?', id: 'text?', label: 'text?' };
const CHANNEL: Members = { label: 'text', id: 'number?' };
const MESSAGE: Members = { label: 'text', number: 'number', bytes: 'number', text: 'text?' };
const PACKET: Members = {
  direction: 'text',
  transport: 'text',
  local: 'text',
  remote: 'text',
  seenAt: 'text',
  bytes: 'text',
  within: 'number',
};
const SIGNAL: Members = { kind: 'text', channel: 'text', bytes: 'number', payload: 'payload' };
const PASSAGE: Members = { kind: 'text', from: 'text', to: 'text' };
const CONFIGURATION: Members = { iceTransportPolicy: 'text?', bundlePolicy: 'text?', pageUrl: 'text?' };

/** A row of a dump with another value than this is kept as `:unknown`. In brackets: or null. */
const SHAPES: Readonly<Record<KnownType, Shape>> = {
  ':session': { kind: 'text', startedAt: 'number', userAgent: 'text?', room: 'text?', seed: 'number?' },
  ':peer': { place: 'text', browser: 'text?', behind: 'text?' },
  ':peer.gone': 'any',
  create: CONFIGURATION,
  close: 'any',
  createOffer: 'any',
  createOfferOnSuccess: DESCRIPTION,
  createOfferOnFailure: 'text',
  createAnswer: 'any',
  createAnswerOnSuccess: DESCRIPTION,
  createAnswerOnFailure: 'text',
  setLocalDescription: [DESCRIPTION],
  setLocalDescriptionOnSuccess: [DESCRIPTION],
  setLocalDescriptionOnFailure: 'text',
  setRemoteDescription: DESCRIPTION,
  setRemoteDescriptionOnSuccess: [DESCRIPTION],
  setRemoteDescriptionOnFailure: 'text',
  addIceCandidate: [CANDIDATE],
  addIceCandidateOnSuccess: 'any',
  addIceCandidateOnFailure: 'text',
  createDataChannel: CHANNEL,
  createDataChannelOnFailure: 'text',
  addTrack: TRACK,
  addTrackOnFailure: 'text',
  addTransceiver: TRACK,
  addTransceiverOnFailure: 'text',
  removeTrack: TRACK,
  removeTrackOnFailure: 'text',
  restartIce: 'any',
  restartIceOnFailure: 'text',
  setConfiguration: CONFIGURATION,
  setConfigurationOnFailure: 'text',
  onicecandidate: [{ ...CANDIDATE, url: 'text?', relayProtocol: 'text?' }],
  onicecandidateerror: {
    url: 'text',
    address: 'text?',
    port: 'number?',
    errorCode: 'number',
    errorText: 'text',
  },
  onsignalingstatechange: 'text',
  onicegatheringstatechange: 'text',
  oniceconnectionstatechange: 'text',
  onconnectionstatechange: 'text',
  onnegotiationneeded: 'any',
  ondatachannel: CHANNEL,
  ontrack: TRACK,
  getStats: 'reports',
  ':dtls.state': 'text',
  ':ice.selected': { local: 'text', remote: 'text' },
  ':datachannel.state': { label: 'text', state: 'text' },
  ':data.sent': MESSAGE,
  ':data.received': MESSAGE,
  ':signal.sent': { ...SIGNAL, to: 'text' },
  ':signal.received': { ...SIGNAL, from: 'text' },
  ':signal.held': { ...PASSAGE, by: 'text', for: 'number?' },
  ':signal.released': { ...PASSAGE, by: 'text' },
  ':signal.dropped': { ...PASSAGE, by: 'text' },
  ':signal.duplicated': PASSAGE,
  ':packet': PACKET,
  ':packet.dropped': {
    transport: 'text',
    source: 'text',
    destination: 'text',
    where: 'text',
    reason: 'text',
    what: 'text',
  },
  ':nat.mapping': {
    nat: 'text',
    transport: 'text',
    inside: 'text',
    outside: 'text',
    remote: 'text',
    until: 'number',
  },
  ':packets.missed': { count: 'number' },
};

export const EVENT_TYPES = Object.keys(SHAPES) as readonly KnownType[];

/** Whether a method of a dump has the name of an event we know. */
export const isEventName = (method: string): method is KnownType => Object.hasOwn(SHAPES, method);

/** Whether a row of a dump is an event we know, with a value that everything that reads it can rely on. */
export function isKnownType(method: string, value: unknown): method is KnownType {
  if (!isEventName(method)) return false;
  const shape = SHAPES[method];
  if (shape === 'any') return true;
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'reports')
    return isObject(value) && Object.values(value).every((report) => has(report, REPORT));
  return isList(shape) ? value === null || has(value, shape[0]) : has(value, shape);
}

const REPORT: Members = { type: 'text' };
const PAYLOAD: Members = { type: 'text?', sdp: 'text?', candidate: 'text?' };

const isList = (shape: Members | readonly [Members]): shape is readonly [Members] => Array.isArray(shape);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const has = (value: unknown, members: Members): boolean =>
  isObject(value) && Object.entries(members).every(([name, member]) => fits(value[name], member));

function fits(value: unknown, member: Member): boolean {
  const missing = value === undefined || value === null;
  switch (member) {
    case 'text':
      return typeof value === 'string';
    case 'text?':
      return missing || typeof value === 'string';
    case 'number':
      return Number.isFinite(value);
    case 'number?':
      return missing || Number.isFinite(value);
    case 'payload':
      return missing || has(value, PAYLOAD);
  }
}
