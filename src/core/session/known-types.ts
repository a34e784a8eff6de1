import type { EventType } from './event.ts';

type Shape = 'none' | 'text' | 'object' | 'object or none' | 'any';

/** What the value of each event looks like; a row of a dump with another value is kept as `:unknown`. */
const SHAPES: Readonly<Record<Exclude<EventType, ':unknown'>, Shape>> = {
  ':session': 'object',
  ':peer': 'object',
  create: 'object',
  close: 'any',
  createOffer: 'any',
  createOfferOnSuccess: 'object',
  createOfferOnFailure: 'text',
  createAnswer: 'any',
  createAnswerOnSuccess: 'object',
  createAnswerOnFailure: 'text',
  setLocalDescription: 'object or none',
  setLocalDescriptionOnSuccess: 'object or none',
  setLocalDescriptionOnFailure: 'text',
  setRemoteDescription: 'object',
  setRemoteDescriptionOnSuccess: 'object or none',
  setRemoteDescriptionOnFailure: 'text',
  addIceCandidate: 'object or none',
  addIceCandidateOnSuccess: 'any',
  addIceCandidateOnFailure: 'text',
  createDataChannel: 'object',
  createDataChannelOnFailure: 'text',
  addTrack: 'object',
  addTrackOnFailure: 'text',
  addTransceiver: 'object',
  addTransceiverOnFailure: 'text',
  removeTrack: 'object',
  removeTrackOnFailure: 'text',
  restartIce: 'any',
  restartIceOnFailure: 'text',
  setConfiguration: 'object',
  setConfigurationOnFailure: 'text',
  onicecandidate: 'object or none',
  onicecandidateerror: 'object',
  onsignalingstatechange: 'text',
  onicegatheringstatechange: 'text',
  oniceconnectionstatechange: 'text',
  onconnectionstatechange: 'text',
  onnegotiationneeded: 'any',
  ondatachannel: 'object',
  ontrack: 'object',
  getStats: 'object',
  ':dtls.state': 'text',
  ':datachannel.state': 'object',
  ':data.sent': 'object',
  ':data.received': 'object',
  ':signal.sent': 'object',
  ':signal.received': 'object',
};

export const EVENT_TYPES = Object.keys(SHAPES) as readonly Exclude<EventType, ':unknown'>[];

/** Whether a row of a dump is an event we know, with a value of the right shape. */
export function isKnownType(method: string, value: unknown): method is Exclude<EventType, ':unknown'> {
  const shape = Object.hasOwn(SHAPES, method) ? SHAPES[method as keyof typeof SHAPES] : undefined;
  if (shape === undefined) return false;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'object') return isObject;
  return shape === 'any' || value === null || isObject;
}
