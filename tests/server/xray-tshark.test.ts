/**
 * Chromium and Firefox connect relay-only through our server, over UDP and over TCP, and tshark listens on the same ports:
 * the `:packet` events of the page's session are what tshark captured, byte for byte, with the types and transaction ids
 * that it decodes.
 *
 * Firefox runs with its default settings. It refuses STUN and TURN on loopback, but takes a server that listens and relays
 * on another address of the machine (`serve --stun-host`): in a namespace, where that harms nobody. The default route is
 * for Firefox, which finds its own address by it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Projector } from '../../src/core/projections/index.ts';
import { readSession } from '../../src/core/session/codec.ts';
import type { Packet } from '../../src/core/session/event.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { readUint16, toHex } from '../../src/core/base/bytes.ts';
import { describePacket } from '../../src/core/stun/describe.ts';
import { leaves } from '../../src/core/stun/field.ts';
import { looksLikeStun } from '../../src/core/stun/header.ts';
import { frameForStream } from '../../src/core/stun/stream.ts';
import { Namespace } from '../support/namespace.ts';
import { type Captured, canCapture } from './support/capture.ts';
import { type WatchedRelay, watchedRelay } from './support/watched-relay.ts';

const address = '10.99.0.1';
const machine = new Namespace('firefox');
afterAll(() => machine.remove());

const possible = {
  chromium: existsSync('/usr/bin/chromium') && canCapture(),
  firefox:
    existsSync('/usr/bin/firefox-esr') &&
    canCapture() &&
    machine.shell(
      'ip link set lo up',
      'ip link add fx0 type veth peer name fx1',
      `ip addr add ${address}/24 dev fx0`,
      'ip link set fx0 up',
      'ip link set fx1 up',
      'ip route add default via 10.99.0.2 dev fx0',
    ),
};
for (const [name, is] of Object.entries(possible))
  if (!is) console.warn(`SKIPPED: no comparison with tshark in ${name} (needs it, tshark, root, namespaces)`);

function inNamespace(): WatchedRelay {
  const folder = mkdtempSync(join(tmpdir(), 'icescope-watched-'));
  const [file, script] = [
    join(folder, 'relay.json'),
    fileURLToPath(new URL('support/watched-relay.ts', import.meta.url)),
  ];
  const { status, stderr } = machine.run(
    process.execPath,
    '--import',
    'tsx',
    script,
    'firefox',
    address,
    file,
  );
  if (status !== 0) throw new Error(stderr);
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as WatchedRelay;
  rmSync(folder, { recursive: true });
  return outcome;
}

const outcomes = {
  chromium: () => watchedRelay('chromium', '127.0.0.1'),
  firefox: () => Promise.resolve(inNamespace()),
};

describe.each(['chromium', 'firefox'] as const)('%s, through our server', (browser) => {
  describe.runIf(possible[browser])('beside tshark', () => {
    let relay: WatchedRelay;
    beforeAll(async () => {
      relay = await outcomes[browser]();
    }, 120_000);

    test.each(['udp', 'tcp'] as const)('over %s: connects by relays, and data arrives', (transport) => {
      const { states, candidates, data } = factsOf(relay.sessions[transport]);
      for (const peer of ['A', 'B']) {
        expect(states[peer]!.connection.history.map(({ state }) => state)).toContain('connected');
        expect(new Set(candidates[peer]!.local.map(({ type }) => type))).toEqual(new Set(['relay']));
      }
      const messages = [...data.messages];
      expect(messages.filter(({ receivedAt }) => receivedAt !== undefined)).toHaveLength(20);
    });

    test('each end’s plain STUN question, and its answer, are known by the port of its candidate', () => {
      for (const peer of ['A', 'B']) {
        const said = atServer(relay.sessions.stun, peer).all.map(
          (packet) => describePacket(bytesOf(packet)).summary,
        );
        expect(said).toContain('Binding request');
        expect(said.some((summary) => summary.startsWith('Binding success'))).toBe(true);
        expect(said.every((summary) => summary.startsWith('Binding '))).toBe(true);
      }
    });

    test('over UDP: the recorded datagrams are the captured ones', () => {
      const recorded = [relay.sessions.stun, relay.sessions.udp].flatMap((text) => atServer(text).all);
      const captured = relay.captured.filter(
        ({ transport, from, to }) => transport === 'udp' && [from, to].includes(relay.stunPort),
      );
      expect(recorded.length).toBeGreaterThan(40);
      expect(sorted(recorded.map(wire))).toEqual(sorted(captured.map(wireOf)));
      expect(sorted(recorded.flatMap(stun))).toEqual(sorted(captured.flatMap(stunOf)));
      console.log(`${browser}, UDP: ${recorded.length} recorded, ${captured.length} captured`);
    });

    test('over TCP: the recorded messages, one after the other, are the captured streams', () => {
      const { all, certain } = atServer(relay.sessions.tcp);
      const captured = inOrder(relay.captured.filter(({ transport }) => transport === 'tcp'));
      expect(all.length).toBeGreaterThan(40);
      expect(all.every(({ transport }) => transport === 'tcp')).toBe(true);
      const [streams, recorded, least] = [captured.map(wireOf), all.map(wire), certain.map(wire)].map(joined);
      expect(Object.keys(streams!).sort()).toEqual(Object.keys(recorded!).sort());
      for (const [way, bytes] of Object.entries(streams!)) {
        const heard = recorded![way]!;
        const unheard = (bytes.length - heard.length) / 2;
        expect(unheard, way).toBeLessThanOrEqual(way.endsWith(` ${relay.stunPort}`) ? FAREWELL : 0);
        expect(differsAt(bytes.slice(0, heard.length), heard), `${way}: captured, not recorded`).toBe(null);
        expect(differsAt(least![way] ?? '', bytes), `${way}: recorded, not captured`).toBe(null);
      }
      const decoded = captured
        .filter(
          ({ from, to, at, payload }) => (at - 1) * 2 + payload.length <= recorded![`${from} ${to}`]!.length,
        )
        .flatMap(stunOf);
      expect(sorted(all.flatMap(stun))).toEqual(expect.arrayContaining(decoded));
      expect(decoded).toEqual(expect.arrayContaining(certain.flatMap(stun)));
      console.log(
        `${browser}, TCP: ${all.length} recorded, ${certain.length} certain, ${decoded.length} STUN`,
      );
    });

    test('a datagram from relay to relay is on the wire once, and seen at both', () => {
      const all = [...packetsOf(relay.sessions.udp), ...packetsOf(relay.sessions.tcp)];
      const atRelays = all.filter(({ seenAt }) => seenAt === 'relay');
      const relays = new Set(atRelays.map(({ local }) => portOf(local)));
      const captured = relay.captured.filter(({ from, to }) => relays.has(from) && relays.has(to));
      expect(relays.size).toBe(4);
      const ofDirection = (which: Packet['direction']) =>
        sorted(atRelays.filter(({ direction }) => direction === which).map(wire));
      expect(ofDirection('sent')).toEqual(sorted(captured.map(wireOf)));
      // What comes to a relay whose client has gone, or without permission, is dropped there.
      expect(ofDirection('sent')).toEqual(expect.arrayContaining(ofDirection('received')));
    });

    test('every byte of every packet is explained', () => {
      const all = [...packetsOf(relay.sessions.udp), ...packetsOf(relay.sessions.tcp)];
      for (const bytes of all.map(bytesOf)) {
        const { fields, problem, protocol } = describePacket(bytes);
        expect(problem).toBeUndefined();
        expect(protocol).not.toBe('unknown');
        let at = 0;
        for (const leaf of leaves(fields)) {
          expect(leaf.start).toBe(at);
          at = leaf.end;
        }
        expect(at).toBe(bytes.length);
      }
    });
  });
});

function packetsOf(text: string): Packet[] {
  return logOf(text).events.flatMap((event) => (event.type === ':packet' ? [event.value] : []));
}

/**
 * What the server saw of its clients; `certain` leaves out what it still sent to an end that had closed: handed to the
 * system, it comes on the wire only if the system does not know yet that the connection is gone.
 */
function atServer(text: string, of?: string): Record<'all' | 'certain', Packet[]> {
  const closed: Record<string, number> = {};
  const seen = logOf(text).events.flatMap((event) => {
    if (event.type === 'close') closed[event.peer] = event.at;
    const isOf = of === undefined || event.peer === of;
    return isOf && event.type === ':packet' && event.value.seenAt === 'server' ? [event] : [];
  });
  const isLate = ({ peer, at, value }: (typeof seen)[number]) =>
    value.direction === 'sent' && at + value.within > (closed[peer] ?? Infinity);
  const packets = (events: typeof seen) => events.map(({ value }) => value);
  return { all: packets(seen), certain: packets(seen.filter((event) => !isLate(event))) };
}

function logOf(text: string): SessionLog {
  const session = readSession(text);
  if (!session.ok) throw new Error(session.error.message);
  const log = new SessionLog();
  for (const event of session.value.events) log.append(event);
  return log;
}

function factsOf(text: string) {
  const log = logOf(text);
  return new Projector(log).at(log.events.length);
}

const sorted = (texts: readonly string[]): string[] => [...texts].sort();
const portOf = (text: string): number => Number(text.replace(/.*:/, ''));
const bytesOf = ({ bytes }: Packet): Uint8Array => Buffer.from(bytes, 'base64');

/** `from to bytes`; over TCP with the padding that a message has there. */
function wire(packet: Packet): string {
  const { direction, local, remote, transport } = packet;
  const [from, to] = direction === 'sent' ? [local, remote] : [remote, local];
  const bytes = transport === 'tcp' ? frameForStream(bytesOf(packet)) : bytesOf(packet);
  return `${portOf(from)} ${portOf(to)} ${toHex(bytes)}`;
}

const wireOf = ({ from, to, payload }: Captured): string => `${from} ${to} ${payload}`;

/** What went each way of each connection, by `from to`. */
function joined(wires: readonly string[]): Record<string, string> {
  const streams: Record<string, string> = {};
  for (const text of wires) {
    const [from, to, bytes] = text.split(' ');
    streams[`${from} ${to}`] = (streams[`${from} ${to}`] ?? '') + bytes;
  }
  return streams;
}

/**
 * Bytes that an end sends while it closes: where the server writes to it just then, the system answers with a reset, and
 * may throw away what the server has not read yet.
 */
const FAREWELL = 512;

/** Each byte of each stream once: what the system sent again, perhaps with more behind it, is left out. */
function inOrder(segments: readonly Captured[]): Captured[] {
  const ends: Record<string, number> = {};
  return [...segments]
    .sort((a, b) => a.at - b.at)
    .map((segment) => {
      const { from, to, at, payload } = segment;
      const end = (ends[`${from} ${to}`] ??= 1);
      const fresh = payload.slice(Math.max(0, end - at) * 2);
      ends[`${from} ${to}`] = Math.max(end, at + payload.length / 2);
      return { ...segment, at: Math.max(at, end), payload: fresh };
    });
}

/** Where one stream, in hexadecimal, is another than the whole begins with; null where it is not. */
function differsAt(begin: string, whole: string): number | null {
  if (whole.startsWith(begin)) return null;
  return [...begin].findIndex((digit, at) => digit !== whole[at]) >> 1;
}

/** Type and transaction id of STUN messages; ChannelData has neither of its own. */
function stun(packet: Packet): string[] {
  const raw = bytesOf(packet);
  if (!looksLikeStun(raw)) return [];
  return [`0x${readUint16(raw, 0).toString(16).padStart(4, '0')} ${toHex(raw.subarray(8, 20))}`];
}

const stunOf = (captured: Captured): string[] => captured.stun.map(({ type, id }) => `${type} ${id}`);
