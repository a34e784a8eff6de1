/** What the Packets diagram makes of packets that were not made by us: RFC 5769's vectors, and recorded ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldAt, leafAt, tellingField, treeOf } from '../../../src/app/diagrams/packets/fields.ts';
import { packetsAt } from '../../../src/app/diagrams/packets/layout.ts';
import { lessonOf } from '../../../src/app/diagrams/packets/lesson.ts';
import { decode, entriesAt, fitsFilter } from '../../../src/app/diagrams/packets/model.ts';
import { worksheet } from '../../../src/app/diagrams/packets/hex.ts';
import { METHOD_NAMES, packetKind } from '../../../src/core/projections/packet-kind.ts';
import { describePacket } from '../../../src/core/stun/describe.ts';
import { methodByNumber } from '../../../src/core/stun/methods.ts';
import { fromHex } from '../../../src/core/base/bytes.ts';
import { processorTime } from '../../support/processor-time.ts';
import { FIXTURES, openFixture, viewAt } from '../../support/sessions.ts';

/** RFC 5769, section 2.2 and 2.3: sample responses over IPv4 and IPv6. */
const IPV4 = fromHex(
  '0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643' +
    '000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96',
);
const IPV6 = fromHex(
  '010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9fa' +
    'a5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c',
);

const named = (bytes: Uint8Array, name: string) => {
  const find = (fields: ReturnType<typeof describePacket>['fields']): (typeof fields)[number] | undefined =>
    fields.flatMap((field) => (field.name === name ? [field] : (find(field.children ?? []) ?? [])))[0];
  return find(describePacket(bytes).fields)!;
};

describe('the worksheet', () => {
  it('undoes the XOR of an IPv4 address column by column', () => {
    const [sheet] = worksheet(IPV4, named(IPV4, 'XOR-MAPPED-ADDRESS'));
    expect(sheet!.rows.map(({ cells }) => cells.join(' '))).toEqual([
      'e1 12 a6 43',
      '21 12 a4 42',
      'c0 00 02 01',
      '192 0 2 1',
    ]);
    expect(sheet!.column).toBe(named(IPV4, 'X-Address').start % 8);
  });

  it('undoes that of an IPv6 address with cookie and transaction id', () => {
    const sheets = worksheet(IPV6, named(IPV6, 'X-Address'));
    const gives = sheets.flatMap(({ rows }) => rows[2]!.cells).join('');
    expect(gives).toBe('20010db8123456780011223344556677');
  });

  it('adds up a port', () => {
    expect(worksheet(IPV4, named(IPV4, 'X-Port'))[0]!.sum).toBe('= 32853');
  });
});

const relay = FIXTURES.find(({ name }) => name === 'xray-relay-chromium')!;
const entries = entriesAt(viewAt(relay, relay.log.events.length));

describe('a recorded connection through TURN', () => {
  it('tells each part of it', () => {
    const said = entries.map(
      ({ gist, from, to }) => `${from.kind} ${from.name} ${to.name} ${gist.name} ${gist.value} ${gist.note}`,
    );
    for (const part of [
      /^peer A STUN Binding request/,
      /^server TURN A Allocate error 401 Unauthenticated/,
      /^server TURN B Allocate success 127\.0\.0\.1:\d+/,
      /^peer A TURN CreatePermission request 127\.0\.0\.1 for/,
      /^peer A TURN Send indication \S+ a check(?: that nominates)?, wrapped/,
      /^relay A B Binding request {2}a check/,
      /^relay A B ClientHello|^relay B A ClientHello/,
      /^peer B TURN ChannelBind request 0x4000 127/,
      /ChannelData 0x4000 encrypted data/,
      /Refresh request {2}gives the lease back/,
    ])
      expect(
        said.some((text) => part.test(text)),
        String(part),
      ).toBe(true);
  });

  it('lists a datagram from relay to relay once', () => {
    const left = relay.log.events.filter(
      (event) =>
        event.type === ':packet' && event.value.seenAt === 'relay' && event.value.direction === 'sent',
    );
    const between = entries.filter(({ from, to }) => from.kind === 'relay' && to.kind === 'relay');
    expect(between.map(({ seen }) => seen.id)).toEqual(left.map(({ id }) => id));
  });

  it('leads from every byte to a field and back, and says something of each', () => {
    const view = viewAt(relay, relay.log.events.length);
    for (const entry of entries) {
      const { bytes, description } = decode(entry.seen.packet);
      for (let at = 0; at < bytes.length; at += 7) {
        const leaf = leafAt(description.fields, at)!;
        expect(leaf.start <= at && at < leaf.end).toBe(true);
        const found = fieldAt(description.fields, leaf)!;
        expect([found.start, found.end]).toEqual([leaf.start, leaf.end]);
        expect(treeOf(description, found, new Set()).some(({ field }) => field === found)).toBe(true);
      }
      expect(tellingField(description)).not.toBeNull();
      expect(lessonOf(view, entry, null).news.length).toBeGreaterThan(0);
    }
  });

  it('finds by words, address and transaction', () => {
    const one = entries.find(({ gist }) => gist.transaction)!;
    const found = (words: string) => entries.filter((entry) => fitsFilter(entry, words));
    expect(found(one.gist.transaction)).toContain(one);
    expect(found('allocate 401')).toHaveLength(2);
    expect(found('no such words')).toEqual([]);
  });
});

// Recorded with a wrong password: each end is asked for a signature, and then refused for it.
it('tells a 401 that asks for a signature from one that does not take it', () => {
  const path = join(import.meta.dirname, '../../../lessons/06-turn/wrong-password.txt');
  const wrong = openFixture('wrong-password', readFileSync(path, 'utf8'));
  const view = viewAt(wrong, wrong.log.events.length);
  const said = entriesAt(view)
    .filter(({ gist, to }) => gist.name === 'Allocate error' && to.name === 'A')
    .map((entry) => JSON.stringify(lessonOf(view, entry, null).news));
  expect(said).toHaveLength(2);
  expect(said[0]).toContain('That is no fault');
  expect(said[1]).toContain('TURN refuses A: the signature does not fit.');
});

it('reads the same name from the first bytes as from all of them', () => {
  for (const { seen } of entries) {
    const { name, class: stunClass } = packetKind(seen.packet);
    if (stunClass) expect(decode(seen.packet).gist.name).toBe(name);
  }
  for (const [number, name] of Object.entries(METHOD_NAMES))
    expect(methodByNumber(Number(number))!.id).toBe(name);
});

it('stays quick in a long session, and draws only what is in sight', () => {
  const row = relay.text.split('\n').find((line) => line.startsWith('[":packet"'))!;
  const long = openFixture('long', `${relay.text}${`${row}\n`.repeat(20_000)}`);
  const view = viewAt(long, long.log.events.length);
  entriesAt(view);
  const took = processorTime(() => {
    for (let count = 0; count < 20; count++) {
      const reading = {
        selection: null,
        filter: '',
        toggled: new Set<string>(),
        scroll: { list: count * 9000, bytes: 0 },
      };
      expect(packetsAt(view, { width: 1400, height: 440 }, reading).rows.length).toBeLessThan(40);
    }
  });
  expect(took / 20).toBeLessThan(16);
});
