/** Chromium, relay only, through our server: two connections in one page find each other and exchange data. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describePacket } from '../../src/core/stun/describe.ts';
import { leaves } from '../../src/core/stun/field.ts';
import { startStunTurn } from '../../src/server/stun-turn.ts';
import type { ObservedPacket } from '../../src/server/turn/packet-tap.ts';
import { relayLoopback } from './support/relay-loopback.ts';

const executablePath = '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) console.warn('SKIPPED: chromium is not installed, relaying is not tried with it');

describe.runIf(installed)('Chromium, relay only', () => {
  let [web, browser, page] = [] as unknown as [Server, Browser, Page];

  beforeAll(async () => {
    web = createServer((_request, response) => response.end('<!doctype html><title>relay</title>'));
    await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
    const args = [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(web.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    web.close();
  });

  test.each([
    ['udp', '127.0.0.1'],
    ['tcp', '127.0.0.1'],
    ['udp', '[::1]'],
  ])('over %s, %s', async (transport, host) => {
    // Its own server: what Chromium still says to the one before is no part of it.
    const server = await startStunTurn({ port: 0 });
    const packets: ObservedPacket[] = [];
    server.onPacket((packet) => packets.push(packet));
    const { username, credential } = server;
    const outcome = await page.evaluate(relayLoopback, {
      urls: `turn:${host}:${server.port}?transport=${transport}`,
      username,
      credential,
      bytes: 100_000,
    });
    expect(outcome).toEqual({ state: 'connected', types: ['relay', 'relay'], received: 100_000 });
    await server.close();
    await expectExplained(packets, transport);
  });
});

/** Every packet reads, byte for byte, and the story is complete. */
async function expectExplained(packets: readonly ObservedPacket[], transport: string): Promise<void> {
  const described = packets.map(({ bytes }) => ({ bytes, ...describePacket(bytes) }));
  for (const { bytes, fields, problem, protocol } of described) {
    expect(problem).toBeUndefined();
    expect(protocol).not.toBe('unknown');
    expect(leaves(fields).reduce((sum, leaf) => sum + leaf.end - leaf.start, 0)).toBe(bytes.length);
  }
  expect(
    packets.filter(({ leg }) => leg === 'client').every((packet) => packet.transport === transport),
  ).toBe(true);
  const story = described.map(({ summary }) => summary).join('\n');
  const chapters = [
    'Allocate request',
    'Allocate error 401',
    'Allocate success',
    'CreatePermission success',
    'connectivity check',
    'nominates',
    'ChannelBind success',
    'ClientHello',
    'ServerHello',
    'ChannelData 0x',
  ];
  for (const chapter of chapters) expect(story).toContain(chapter);
  const unknown = described
    .flatMap(({ fields }) => leaves(fields))
    .filter((leaf) => leaf.value.startsWith('Attribute 0x'));
  expect(unknown.map((leaf) => leaf.value)).toEqual([]);
}
