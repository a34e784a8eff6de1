/** Calls between two ends of one page with a fault put in on purpose. Bundled for the page by record-debugging.ts. */
import { recordingClock } from '../../src/core/base/clock.ts';
import type { NewEvent } from '../../src/core/session/event.ts';
import { createBothOffer } from '../../src/live/remote/both-offer.ts';
import { type Between, type LoopbackOptions, createLoopback } from '../../src/live/loopback.ts';
import { alteredChannel } from '../../src/live/signalling/altered.ts';
import type { Channel } from '../../src/live/signalling/channel.ts';

const OPTIONS: LoopbackOptions = {
  audio: false,
  video: false,
  trickle: true,
  iceTransportPolicy: 'all',
  iceServers: [],
  bundlePolicy: 'balanced',
  iceCandidatePoolSize: 0,
};

/** Messages of these kinds get lost. */
const losing =
  (...kinds: readonly string[]): Between =>
  (channel: Channel) => ({
    id: channel.id,
    send(text) {
      if (!kinds.includes((JSON.parse(text) as { kind: string }).kind)) channel.send(text);
    },
    listen: (listener) => channel.listen(listener),
    close: () => channel.close(),
  });

const otherDigit: Between = (channel) =>
  alteredChannel(channel, ({ type, sdp = '' }) =>
    type === 'answer'
      ? sdp.replace(
          /^(a=fingerprint:\S+ )(.)/m,
          (_, name: string, digit: string) => name + (digit === 'A' ? 'B' : 'A'),
        )
      : sdp,
  );

/** How long each is watched, in ms: until the browser has given up, where it does. */
const WATCHED = {
  relay: 1500,
  answer: 9000,
  password: 4000,
  fingerprint: 4000,
  candidates: 13_000,
  glare: 700,
};

export async function record(
  name: keyof typeof WATCHED,
  iceServers: readonly RTCIceServer[],
): Promise<readonly NewEvent[]> {
  const origin = performance.now();
  const now = recordingClock(() => performance.now() - origin);
  const events: NewEvent[] = [];
  const emit = (event: NewEvent): void => void events.push(event);
  const call = begin(name, iceServers, emit, now);
  await new Promise((resume) => setTimeout(resume, WATCHED[name]));
  const kept = [...events];
  call.close();
  return kept;
}

function begin(
  name: keyof typeof WATCHED,
  iceServers: readonly RTCIceServer[],
  emit: (event: NewEvent) => void,
  now: () => number,
): { close(): void } {
  if (name === 'glare') return createBothOffer({ options: OPTIONS, emit, now, polite: { A: true, B: true } });
  const options: LoopbackOptions =
    name === 'password' || name === 'relay'
      ? { ...OPTIONS, iceServers, iceTransportPolicy: 'relay', turnPassword: name === 'relay' ? '' : 'wrong' }
      : OPTIONS;
  const between = {
    answer: losing('answer'),
    candidates: losing('candidate', 'end'),
    fingerprint: otherDigit,
    password: undefined,
    relay: undefined,
  };
  const loopback = createLoopback(options, emit, now, between[name]);
  void loopback.connect().catch(() => {});
  return loopback;
}
