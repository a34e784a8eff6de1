/**
 * Chromium connects relay-only through our server, and tshark listens on the same ports: the `:packet` events of the
 * page's session are what tshark captured, datagram for datagram, with the types and transaction ids that it decodes.
 */
import { existsSync, rmSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import type { Packet } from '../../src/core/session/event.ts';
import { readSession } from '../../src/core/session/codec.ts';
import { readUint16, toHex } from '../../src/core/stun/bytes.ts';
import { looksLikeStun } from '../../src/core/stun/header.ts';
import { startServer } from '../../src/server/main.ts';
import { liveFolder } from '../support/live-page.ts';
import { type Captured, canCapture, capture } from './support/capture.ts';

const executablePath = '/usr/bin/chromium';
const possible = existsSync(executablePath) && canCapture();
if (!possible)
  console.warn('SKIPPED: no comparison with tshark (needs chromium, tshark, and the right to capture on lo)');

const TALK = `
  loopback.send('A', 'hi');
  await new Promise((done) => setTimeout(done, 300));
  loopback.close();
  await new Promise((done) => setTimeout(done, 600));`;

let browser: Browser | undefined;
afterAll(() => browser?.close());

describe.runIf(possible)('beside tshark', () => {
  test('the recorded packets are the captured ones', async () => {
    const dist = await liveFolder();
    const server = await startServer({ port: 0, stunPort: 0, dist });
    const tap = await capture();
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking'],
    });
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(server.url);
    const { username, credential } = server;
    const iceServers = [{ urls: [`turn:127.0.0.1:${server.stunPort}?transport=udp`], username, credential }];
    const text = await page.evaluate(
      ([options, then]) => window.icescopeLive.record(options, then, true, undefined, true),
      [{ iceServers, iceTransportPolicy: 'relay' as const }, TALK] as const,
    );
    const captured = await tap.stop();
    await server.close();
    rmSync(dist, { recursive: true });

    const session = readSession(text);
    if (!session.ok) throw new Error(session.error.message);
    const packets = session.value.events.flatMap((event) => (event.type === ':packet' ? [event.value] : []));
    const atServer = packets.filter(({ seenAt }) => seenAt === 'server');
    const relays = new Set(
      packets.filter(({ seenAt }) => seenAt === 'relay').map(({ local }) => portOf(local)),
    );
    // A datagram from relay to relay is on the wire once, and seen at both: leaving one and reaching the other.
    const between = packets.filter(({ seenAt, direction }) => seenAt === 'relay' && direction === 'sent');
    const ofServer = captured.filter(({ from, to }) => from === server.stunPort || to === server.stunPort);
    const ofRelays = captured.filter(({ from, to }) => relays.has(from) && relays.has(to));

    expect(atServer.length).toBeGreaterThan(40);
    expect(relays.size).toBe(2);
    expect(sorted(atServer.map(wire))).toEqual(sorted(ofServer.map(wireOf)));
    expect(sorted(between.map(wire))).toEqual(sorted(ofRelays.map(wireOf)));
    expect(sorted(atServer.flatMap(stun))).toEqual(sorted(ofServer.flatMap(stunOf)));
  }, 60_000);
});

const sorted = (texts: readonly string[]): string[] => [...texts].sort();
const portOf = (address: string): number => Number(address.replace(/.*:/, ''));

function wire({ direction, local, remote, bytes }: Packet): string {
  const [from, to] = direction === 'sent' ? [local, remote] : [remote, local];
  return `${portOf(from)} ${portOf(to)} ${toHex(Buffer.from(bytes, 'base64'))}`;
}

const wireOf = ({ from, to, payload }: Captured): string => `${from} ${to} ${payload}`;

/** Type and transaction id of STUN messages; ChannelData has neither of its own. */
function stun({ bytes }: Packet): string[] {
  const raw = Buffer.from(bytes, 'base64');
  if (!looksLikeStun(raw)) return [];
  return [`0x${readUint16(raw, 0).toString(16).padStart(4, '0')} ${toHex(raw.subarray(8, 20))}`];
}

const stunOf = ({ payload, stunType, stunId }: Captured): string[] =>
  Number.parseInt(payload.slice(0, 2), 16) < 0x40 ? [`${stunType} ${stunId.replaceAll(':', '')}`] : [];
