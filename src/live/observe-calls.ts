import type { EventValues } from '../core/session/event.ts';
import {
  candidateOf,
  channelOf,
  configurationOf,
  descriptionOf,
  failureOf,
  kindOf,
  member,
  optionsOf,
  transceiverOf,
} from './observe-arguments.ts';
import type { OnMethod } from './observe-method.ts';
import type { Emitter } from './emit.ts';

export interface CallHooks {
  readonly channel: (channel: RTCDataChannel) => void;
  /** Makes the call of `close` on a connection that is open. */
  readonly closing: (close: () => unknown) => unknown;
}

type Promising =
  'createOffer' | 'createAnswer' | 'setLocalDescription' | 'setRemoteDescription' | 'addIceCandidate';
type Immediate =
  'createDataChannel' | 'addTrack' | 'addTransceiver' | 'removeTrack' | 'restartIce' | 'setConfiguration';

const NO_DESCRIPTION = { type: '', sdp: '' };

/** How the arguments of a call are told. */
const READ: { readonly [N in Promising | Immediate]: (args: readonly unknown[]) => EventValues[N] } = {
  createOffer: (args) => optionsOf(args.findLast((arg) => typeof arg !== 'function')),
  createAnswer: (args) => optionsOf(args.findLast((arg) => typeof arg !== 'function')),
  setLocalDescription: ([init]) => descriptionOf(init),
  setRemoteDescription: ([init]) => descriptionOf(init) ?? NO_DESCRIPTION,
  addIceCandidate: ([init]) => (init ? candidateOf(init) : null),
  createDataChannel: ([label, init]) => channelOf(label, init),
  addTrack: ([track]) => ({ kind: kindOf(track) }),
  addTransceiver: ([what, init]) => transceiverOf(what, init),
  removeTrack: ([sender]) => ({ kind: kindOf(member(sender, 'track')) }),
  restartIce: () => null,
  setConfiguration: ([configuration]) => configurationOf(configuration),
};

/** Tells the calls of one connection with their outcome; gives back how to stop. */
export function observeCalls(
  pc: RTCPeerConnection,
  emit: Emitter,
  hooks: CallHooks,
  onMethod: OnMethod,
): () => void {
  let calls = 0;

  function begin<N extends Promising | Immediate>(name: N, args: readonly unknown[]): string {
    const correlation = String(++calls);
    emit(name, READ[name](args), correlation);
    return correlation;
  }

  const promising = (name: Promising): (() => void) =>
    onMethod(pc, name, (proceed, args) => {
      const correlation = begin(name, args);
      const kept = (result: unknown) => {
        emit(`${name}OnSuccess`, outcome(pc, name, result, args) as never, correlation);
      };
      const broken = (error: unknown) => emit(`${name}OnFailure`, failureOf(error), correlation);
      if (args.some((arg) => typeof arg === 'function')) return proceed(withCallbacks(args, [kept, broken]));
      return passedOn(proceed(args) as Promise<unknown>, kept, broken);
    });

  const immediate = (name: Immediate, done: (result: unknown) => void = () => {}): (() => void) =>
    onMethod(pc, name, (proceed, args) => {
      const correlation = begin(name, args);
      try {
        const result = proceed(args);
        done(result);
        return result;
      } catch (error) {
        emit(`${name}OnFailure`, failureOf(error), correlation);
        throw error;
      }
    });

  const close = onMethod(pc, 'close', (proceed, args) => {
    if (pc.signalingState === 'closed') return proceed(args);
    emit('close', null);
    return hooks.closing(() => proceed(args));
  });

  const stops = [
    ...PROMISING.map(promising),
    ...IMMEDIATE.map((name) => immediate(name)),
    immediate('createDataChannel', (result) => hooks.channel(result as RTCDataChannel)),
    close,
  ];
  return () => stops.forEach((stop) => stop());
}

const PROMISING = [
  'createOffer',
  'createAnswer',
  'setLocalDescription',
  'setRemoteDescription',
  'addIceCandidate',
] as const;
const IMMEDIATE = ['addTrack', 'addTransceiver', 'removeTrack', 'restartIce', 'setConfiguration'] as const;

/**
 * The page gets a promise that settles as the browser's does. Giving it the browser's own, with a handler of ours on it,
 * would silence `unhandledrejection`.
 */
function passedOn(
  promise: Promise<unknown>,
  kept: (result: unknown) => void,
  broken: (error: unknown) => void,
): Promise<unknown> {
  return promise.then(
    (result) => {
      kept(result);
      return result;
    },
    (error: unknown) => {
      broken(error);
      throw error;
    },
  );
}

/** The old form with two callbacks (W3C WebRTC, section 4.4.3): its promise is always kept, the callbacks tell. */
function withCallbacks(
  args: readonly unknown[],
  [kept, broken]: readonly [(value: unknown) => void, (value: unknown) => void],
): unknown[] {
  const outcomes = [kept, broken];
  return args.map((arg) => {
    if (typeof arg !== 'function') return arg;
    const told = outcomes.shift();
    return function (this: unknown, ...values: unknown[]): unknown {
      told?.(values[0]);
      return Reflect.apply(arg, this, values);
    };
  });
}

function outcome(
  pc: RTCPeerConnection,
  name: Promising,
  result: unknown,
  [init]: readonly unknown[],
): unknown {
  if (name === 'createOffer' || name === 'createAnswer') return descriptionOf(result) ?? NO_DESCRIPTION;
  if (name !== 'setLocalDescription') return null;
  return descriptionOf(member(init, 'type') === 'rollback' ? init : pc.localDescription);
}
