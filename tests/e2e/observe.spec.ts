/** With `observe()` attached a page sees what it sees without: each test sets both beside each other, in one page. */
import type { Page } from '@playwright/test';
import { CALLS } from '../../src/core/session/event.ts';
import type {} from '../support/live-entry.ts';
import { expect, test } from './live.ts';
import { PAGE_CALLS } from './observe/calls.ts';
import { endOf } from './observe/outcome.ts';

/** Runs each call on a fresh connection, observed or not, and tells how it ended. */
async function endsOf(live: Page, observed: boolean): Promise<Readonly<Record<string, string>>> {
  const calls = Object.entries(PAGE_CALLS).map(([name, call]) => `${JSON.stringify(name)}: ${call}`);
  return live.evaluate(`(${endOf})({ ${calls.join(', ')} }, ${observed})`);
}

test('methods keep name and length, and getStats is not touched', async ({ live }) => {
  const [observed, bare] = await live.evaluate((calls) => {
    const [watched, plain] = [new RTCPeerConnection(), new RTCPeerConnection()];
    window.icescopeLive.observe(watched, { peer: 'A', emit: () => {}, now: () => 0 });
    const isNative = (method: unknown) => String(method).includes('[native code]');
    return [watched, plain].map((pc) => ({
      methods: calls.map((name) => [pc[name].name, pc[name].length, isNative(pc[name])]),
      getStats: pc.getStats === RTCPeerConnection.prototype.getStats,
      keys: Object.keys(pc),
      prototype: Object.getPrototypeOf(pc) === RTCPeerConnection.prototype,
    }));
  }, CALLS);
  expect(observed).toEqual(bare);
});

test('calls, legal and not, end alike', async ({ live }) => {
  const bare = await endsOf(live, false);
  const observed = await endsOf(live, true);
  expect(observed).toEqual(bare);
  const refused = Object.values(bare).filter((end) => /throws|rejects/.test(end));
  expect(refused.length, 'calls that are refused').toBeGreaterThan(30);
});

test('a rejection that nobody handles is reported, one that somebody handles is not', async ({ live }) => {
  const reports = await live.evaluate(async () => {
    const told: Record<string, string[]> = {};
    let current: string[] = [];
    window.addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      current.push((event.reason as Error).name);
    });
    const wait = () => new Promise((done) => setTimeout(done, 200));
    for (const observed of [false, true])
      for (const handled of [false, true]) {
        current = told[`${observed ? 'observed' : 'bare'}, ${handled ? 'handled' : 'not handled'}`] = [];
        const pc = new RTCPeerConnection();
        if (observed) window.icescopeLive.observe(pc, { peer: 'A', emit: () => {}, now: () => 0 });
        const promises = [pc.createAnswer(), pc.setRemoteDescription({ type: 'offer', sdp: 'rubbish' })];
        if (handled) promises.forEach((promise) => promise.catch(() => {}));
        await wait();
        pc.close();
      }
    return told;
  });
  expect(reports['bare, not handled']).toEqual(['InvalidStateError', 'OperationError']);
  expect(reports['observed, not handled']).toEqual(reports['bare, not handled']);
  expect([reports['bare, handled'], reports['observed, handled']]).toEqual([[], []]);
});

test('handlers and promises come in the same order', async ({ live }) => {
  const [bare, observed] = await live.evaluate(async () => {
    const orderOf = async (watched: boolean): Promise<string[]> => {
      const order: string[] = [];
      const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
      const named = [
        ['A', a],
        ['B', b],
      ] as const;
      for (const [peer, pc] of named) {
        if (watched) window.icescopeLive.observe(pc, { peer, emit: () => {}, now: () => 0 });
        const told = function (this: unknown, { type, target }: Event): void {
          order.push(`${peer} ${type} ${pc.signalingState} ${this === pc} ${target === pc}`);
        };
        pc.onsignalingstatechange = told;
        pc.onnegotiationneeded = told;
        pc.ontrack = told;
        pc.addEventListener('signalingstatechange', () => order.push(`${peer} listener`));
      }
      const step = async (name: string, promise: Promise<unknown>): Promise<void> => {
        await promise;
        order.push(name);
      };
      a.addTransceiver('audio');
      await new Promise((done) => setTimeout(done, 50));
      const offer = await a.createOffer();
      await step('A has its offer', a.setLocalDescription(offer));
      await step('B has it too', b.setRemoteDescription(offer));
      const answer = await b.createAnswer();
      await Promise.all([
        step('B has its answer', b.setLocalDescription(answer)),
        step('B has nothing to add', b.addIceCandidate()),
      ]);
      await step('A has it too', a.setRemoteDescription(answer));
      await step('A offers', a.setLocalDescription());
      await step('A takes it back', a.setLocalDescription({ type: 'rollback' }));
      a.close();
      b.close();
      return order;
    };
    return [await orderOf(false), await orderOf(true)];
  });
  expect(bare.length).toBeGreaterThan(12);
  expect(observed).toEqual(bare);
});

test('getStats of the page is not recorded, and ours does not go through it', async ({ live }) => {
  const { recorded, counted } = await live.evaluate(async () => {
    let counted = 0;
    class Counting extends RTCPeerConnection {
      override getStats(selector?: MediaStreamTrack | null): Promise<RTCStatsReport> {
        counted++;
        return super.getStats(selector);
      }
    }
    const types: string[] = [];
    const [a, b] = [new Counting(), new Counting()];
    for (const pc of [a, b])
      window.icescopeLive.observe(pc, { peer: 'A', emit: ({ type }) => types.push(type), now: () => 0 });
    await Promise.all([a.getStats(), b.getStats()]);
    const before = types.filter((type) => type === 'getStats').length;
    a.createDataChannel('x');
    const lab = new window.icescopeLive.Lab();
    lab.trickle(a, b);
    await lab.negotiate(a, b);
    await lab.connected(a, b);
    await lab.quiet(200);
    a.close();
    b.close();
    return { recorded: [before, types.filter((type) => type === 'getStats').length], counted };
  });
  expect(recorded[0]).toBe(0);
  expect(recorded[1]).toBeGreaterThan(0);
  expect(counted).toBe(2);
});

test('stopped, the methods are the prototype’s again and nothing more is told', async ({ live }) => {
  const { own, told, types } = await live.evaluate(async () => {
    const types: string[] = [];
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    const stop = window.icescopeLive.observe(a, {
      peer: 'A',
      emit: ({ type }) => types.push(type),
      now: () => 0,
    });
    const channel = a.createDataChannel('x');
    const pending = a.createOffer();
    stop();
    const told = types.length;
    await pending;
    const lab = new window.icescopeLive.Lab();
    lab.trickle(a, b);
    await lab.negotiate(a, b);
    await lab.connected(a, b);
    await lab.until(channel, 'open', () => channel.readyState === 'open');
    channel.send('unseen');
    await lab.quiet(200);
    const own = [Object.getOwnPropertyNames(a), Object.getOwnPropertyNames(channel)].map((names) =>
      names.join(),
    );
    a.close();
    return { own, told, types };
  });
  expect(own).toEqual(['', '']);
  expect(types.slice(told)).toEqual([]);
  expect(types).toEqual(['create', 'createDataChannel', ':datachannel.state', 'createOffer']);
});

test('no TURN credential is in any event', async ({ live }) => {
  const events = await live.evaluate(async () => {
    const events: unknown[] = [];
    const server = {
      urls: ['turn:127.0.0.1:3479', 'turns:127.0.0.1:3479'],
      username: 'ada',
      credential: 'SECRET-1',
    };
    const pc = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' });
    window.icescopeLive.observe(pc, { peer: 'A', emit: (event) => events.push(event), now: () => 0 });
    const set = (configuration: unknown): void => {
      try {
        pc.setConfiguration(configuration as RTCConfiguration);
      } catch {
        // Refusals are recorded too.
      }
    };
    set({ iceServers: [{ ...server, credential: 'SECRET-2' }] });
    set({ iceServers: [{ urls: 'turn:', username: 'ada', credential: 'SECRET-3' }] });
    set({ iceServers: [{ ...server, credential: { macKey: 'SECRET-4', accessToken: 'SECRET-5' } }] });
    set({ iceServers: [{ ...server, password: 'SECRET-6' }], bundlePolicy: 'none' });
    set({
      iceServers: { credential: 'SECRET-7' },
      peerConnection: { iceServers: [{ credential: 'SECRET-8' }] },
    });
    pc.createDataChannel('x');
    await pc.setLocalDescription();
    await new Promise((done) => setTimeout(done, 600));
    pc.close();
    return events;
  });
  const text = JSON.stringify(events);
  expect(text).not.toContain('SECRET');
  expect(text).toContain('"username":"ada"');
  expect(text).toContain('turns:127.0.0.1:3479');
});

test('methods of a subclass are called, once, and recorded', async ({ live }) => {
  const { made, types } = await live.evaluate(async () => {
    const types: string[] = [];
    const made: string[] = [];
    class Ours extends RTCPeerConnection {
      override restartIce = (): void => void made.push('an own restartIce');
      override createDataChannel(label: string): RTCDataChannel {
        made.push(label);
        return super.createDataChannel(`our ${label}`);
      }
    }
    const pc = new Ours();
    window.icescopeLive.observe(pc, { peer: 'A', emit: ({ type }) => types.push(type), now: () => 0 });
    made.push(pc.createDataChannel('x').label, String(pc instanceof Ours));
    pc.restartIce();
    pc.close();
    return { made, types };
  });
  expect(made).toEqual(['x', 'our x', 'true', 'an own restartIce']);
  expect(types.filter((type) => !type.startsWith('on'))).toEqual([
    'create',
    'createDataChannel',
    ':datachannel.state',
    'restartIce',
    'close',
  ]);
});

for (const order of ['first', 'last'])
  test(`two observers tell the same; the ${order} one stops first`, async ({ live }) => {
    const { both, afterwards, own } = await live.evaluate(async (first) => {
      const told: string[][] = [[], []];
      const pc = new RTCPeerConnection();
      const native = pc.restartIce;
      const stops = told.map((types) =>
        window.icescopeLive.observe(pc, { peer: 'A', emit: ({ type }) => types.push(type), now: () => 0 }),
      );
      pc.createDataChannel('x');
      await pc.createOffer();
      const both = structuredClone(told);
      const [gone, left] = first ? [0, 1] : [1, 0];
      stops[gone]!();
      pc.restartIce();
      const afterwards = [told[gone]!.includes('restartIce'), told[left]!.includes('restartIce')];
      stops[left]!();
      const own = [Object.getOwnPropertyNames(pc), pc.restartIce === native];
      pc.close();
      return { both, afterwards, own };
    }, order === 'first');
    expect(both[0]).toContain('createOfferOnSuccess');
    expect(both[0]!.toSorted()).toEqual(both[1]!.toSorted());
    expect(afterwards).toEqual([false, true]);
    expect(own).toEqual([[], true]);
  });

test('what the page puts over a method stays when the observer goes', async ({ live }) => {
  const [calls, kept] = await live.evaluate(() => {
    let calls = 0;
    const pc = new RTCPeerConnection();
    const stop = window.icescopeLive.observe(pc, {
      peer: 'A',
      emit: ({ type }) => type === 'restartIce' && calls++,
      now: () => 0,
    });
    const below = pc.restartIce;
    const mine = function (this: RTCPeerConnection): void {
      below.call(this);
    };
    pc.restartIce = mine;
    pc.restartIce();
    stop();
    pc.restartIce();
    const kept = pc.restartIce === mine;
    pc.close();
    return [calls, kept];
  });
  expect([calls, kept]).toEqual([1, true]);
});

// Chromium need not answer what was asked just before close(): then there is no last reading, and never a second one.
test('closed twice is told once, and after it only what the counters came to', async ({ live }) => {
  const closings = await live.evaluate(async () => {
    const sent = 20_000;
    async function closeTwice(): Promise<{ types: string[]; counted: number }> {
      const lab = new window.icescopeLive.Lab();
      const types: string[] = [];
      let counted = 0;
      const [a, b] = lab.pair();
      window.icescopeLive.observe(a, {
        peer: 'A',
        emit: (event) => {
          types.push(event.type);
          if (event.type !== 'getStats' || !types.includes('close')) return;
          const pairs = Object.values(event.value).filter(({ type }) => type === 'candidate-pair');
          counted = Math.max(...pairs.map((pair) => Number(pair['bytesSent'] ?? 0)));
        },
        now: () => 0,
      });
      const channel = a.createDataChannel('x');
      lab.trickle(a, b);
      await lab.negotiate(a, b);
      await lab.connected(a, b);
      while (channel.readyState !== 'open') await lab.quiet(10);
      channel.send('x'.repeat(sent));
      while (channel.bufferedAmount > 0) await lab.quiet(10);
      // Chromium answers for 50 ms what it answered before.
      await lab.quiet(100);
      a.close();
      a.close();
      const isRead = () => types.slice(types.indexOf('close')).includes('getStats');
      for (let tries = 0; tries < 10 && !isRead(); tries++) await lab.quiet(50);
      await lab.quiet(100);
      lab.finish();
      return { types, counted };
    }
    const closings = [];
    do closings.push(await closeTwice());
    while (closings.at(-1)!.counted <= sent && closings.length < 8);
    return closings;
  });
  for (const { types } of closings) {
    expect(types.filter((type) => type === 'close')).toEqual(['close']);
    const after = types.slice(types.indexOf('close') + 1).filter((type) => !type.endsWith('.state'));
    expect([[], ['getStats']]).toContainEqual(after);
  }
  expect(closings.at(-1)!.counted, 'bytes of the last reading').toBeGreaterThan(20_000);
});

test('a listener of ours that throws is reported, and the page’s call goes on', async ({ live }) => {
  const { reported, offer } = await live.evaluate(async () => {
    const reported: string[] = [];
    window.addEventListener('error', (event) => {
      event.preventDefault();
      reported.push(event.message);
    });
    const pc = new RTCPeerConnection();
    const emit = (): void => {
      throw new Error('our own mistake');
    };
    window.icescopeLive.observe(pc, { peer: 'A', emit, now: () => 0 });
    const offer = await pc.createOffer();
    pc.close();
    return { reported, offer: offer.type };
  });
  expect(offer).toBe('offer');
  expect(reported.length).toBe(4);
  expect(reported[0]).toContain('our own mistake');
});

test('calls with callbacks are recorded with what the callbacks were told', async ({ live }) => {
  const rows = await live.evaluate(async () => {
    const rows: (readonly [string, string])[] = [];
    const pc = new RTCPeerConnection();
    pc.addTransceiver('audio');
    await new Promise((done) => setTimeout(done, 50));
    const value = (told: unknown) => (told as { type?: string } | null)?.type ?? String(told);
    window.icescopeLive.observe(pc, {
      peer: 'A',
      emit: (event) => rows.push([event.type, value(event.value)]),
      now: () => 0,
    });
    const offer = await new Promise<RTCSessionDescriptionInit>(
      (done, fail) => void pc.createOffer(done, fail),
    );
    await new Promise((done) => void pc.createAnswer(() => {}, done));
    await new Promise<void>(
      (done, fail) => void pc.setLocalDescription(offer as RTCLocalSessionDescriptionInit, done, fail),
    );
    pc.close();
    return rows
      .filter(([type]) => /^(create|set)[A-Z]/.test(type))
      .map(([type, told]) => `${type} ${told.split(':')[0]}`);
  });
  expect(rows).toEqual([
    'createOffer null',
    'createOfferOnSuccess offer',
    'createAnswer null',
    'createAnswerOnFailure InvalidStateError',
    'setLocalDescription offer',
    'setLocalDescriptionOnSuccess offer',
  ]);
});
