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

test('methods keep name, length and text, and getStats is not touched', async ({ live }) => {
  const [observed, bare] = await live.evaluate((calls) => {
    const [watched, plain] = [new RTCPeerConnection(), new RTCPeerConnection()];
    window.icescopeLive.observe(watched, { peer: 'A', emit: () => {}, now: () => 0 });
    const looksOf = (pc: RTCPeerConnection) =>
      [...calls, 'getStats' as const].map((name) => [pc[name].name, pc[name].length, String(pc[name])]);
    return [
      [...looksOf(watched), watched.getStats === RTCPeerConnection.prototype.getStats, Object.keys(watched)],
      [...looksOf(plain), true, []],
    ];
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
    a.onicecandidate = ({ candidate }) => candidate && void b.addIceCandidate(candidate);
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription!);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription!);
    await new Promise((done) => setTimeout(done, 1200));
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
    await a.setLocalDescription(await pending);
    await b.setRemoteDescription(a.localDescription!);
    b.onicecandidate = ({ candidate }) => candidate && void a.addIceCandidate(candidate);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription!);
    await new Promise((done) => setTimeout(done, 1200));
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
      urls: ['turn:127.0.0.1:9', 'turns:127.0.0.1:9'],
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
  expect(text).toContain('turns:127.0.0.1:9');
});
