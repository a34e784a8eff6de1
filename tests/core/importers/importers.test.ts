/** What holds of every importer, present and future. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Imported, importDump, importText, importers } from '../../../src/core/importers/index.ts';
import { Projector } from '../../../src/core/projections/index.ts';
import { writeSession } from '../../../src/core/session/codec.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import { ANSWER, OFFER, SAMPLES } from './samples.ts';

const cases = Object.entries(SAMPLES).flatMap(([id, texts]) =>
  texts.map((text, index) => ({ id, index, text })),
);

function imported(text: string): Imported {
  const read = importText(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

function factsOf(events: readonly SessionEvent[]) {
  const log = new SessionLog();
  for (const event of events) log.append(event);
  return new Projector(log).at(log.events.length);
}

describe('importers', () => {
  it('have a sample each', () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(importers.all.map(({ id }) => id).toSorted());
  });

  it.each(cases)(
    '$id: sample $index is read by that importer, and its events are in order',
    ({ id, text }) => {
      const { format, events, connections } = imported(text);
      expect(format.id).toBe(id);
      expect(events[0]?.type).toBe(':session');
      expect(connections).toHaveLength(1);
      expect(events.every(({ at }, index) => at >= (events[index - 1]?.at ?? 0))).toBe(true);
      expect(Object.keys(factsOf(events).states)).toEqual(connections);
    },
  );

  it.each(cases)(
    '$id: sample $index is the same inflated, and converts twice to the same bytes',
    async ({ text }) => {
      const plain = imported(text);
      const gzipped = await importDump(new Uint8Array(gzipSync(bytesOf(text))));
      expect(gzipped.ok && gzipped.value.events).toEqual(plain.events);
      const once = writeSession(plain.events);
      const again = imported(once);
      expect(again.format.id).toBe('rtcstats');
      expect(writeSession(again.events)).toBe(once);
      expect(again.connections).toEqual(plain.connections);
    },
  );

  it.each(cases)(
    '$id: sample $index, cut at each hundredth, is read as far as it is whole, or the place is named',
    async ({ text }) => {
      for (let percent = 0; percent < 100; percent++) {
        const cut = text.slice(0, Math.floor((text.length * percent) / 100));
        for (const bytes of [
          bytesOf(cut),
          new Uint8Array(gzipSync(bytesOf(text))).slice(0, Math.ceil(cut.length * 0.4)),
        ]) {
          const read = await importDump(bytes);
          if (read.ok) expect(read.value.events[0]?.type).toBe(':session');
          else expect(read.error.message).toMatch(/^[A-Z].*\.$/);
        }
      }
    },
  );
});

describe('Firefox', () => {
  const [page, old] = SAMPLES['firefox-page']!;
  const told = (text: string) =>
    imported(text).events.flatMap(({ type, value }) =>
      type === 'setLocalDescription' || type === 'setRemoteDescription' ? [[type, value]] : [],
    );

  it('page: descriptions by their side and time, in any language', () => {
    const expected = [
      ['setLocalDescription', { type: 'offer', sdp: OFFER }],
      ['setRemoteDescription', { type: 'answer', sdp: ANSWER }],
    ];
    expect(told(page!)).toEqual(expected);
    expect(told(old!)).toEqual(expected);
    const times = imported(page!)
      .events.filter(({ type }) => /^set\w+Description$/.test(type))
      .map(({ at }) => at);
    expect(times).toEqual([299.75, 799.75]);
  });

  it('page: the pair that is used, the raw candidates, the configuration and the log', () => {
    const { events } = imported(page!);
    const peer = events.find(({ type }) => type === 'create')!.peer;
    const { pairs, candidates } = factsOf(events);
    const used = pairs[peer]!.pairs.find(({ id }) => id === pairs[peer]!.selectedId)!;
    const typeOf = (side: 'local' | 'remote', id: string) =>
      candidates[peer]![side].find(({ statsId }) => statsId === id);
    expect(typeOf('local', used.localId)).toMatchObject({
      type: 'srflx',
      address: '198.51.100.7',
      port: 40001,
    });
    expect(typeOf('remote', used.remoteId)).toMatchObject({
      type: 'prflx',
      address: '2001:db8::9',
      family: 'IPv6',
    });
    expect(candidates[peer]!.remote.map(({ address }) => address)).toContain('203.0.113.8');
    expect(events.find(({ type }) => type === 'create')?.value).toMatchObject({
      iceServers: [{ urls: ['stun:stun.example.org:3478'] }],
    });
    const log = events.find((event) => event.type === ':unknown' && event.value.method === 'connection-log');
    expect((log?.value as { value: string[] }).value).toHaveLength(3);
    expect(events.at(-1)?.type).toBe('close');
  });

  it('page: bytes that are no UTF-8 are the low bytes of its characters', async () => {
    const read = await importDump(new Uint8Array(Buffer.from(old!, 'latin1')));
    expect(read.ok && read.value.format.id).toBe('firefox-page');
    expect(read.ok && read.value.events).toEqual(imported(old!).events);
  });

  it('log: states of checks in their order', () => {
    const { events } = imported(SAMPLES['firefox-log']![0]!);
    const facts = factsOf(events);
    const peer = events.find(({ type }) => type === 'create')!.peer;
    expect(facts.pairs[peer]!.pairs[0]!.spans.map(({ state }) => state)).toEqual([
      'in-progress',
      'succeeded',
    ]);
    expect(facts.states[peer]!.ice.current).toBe('checking');
  });
});

describe('tables', () => {
  it('trickle-ice: candidates with their priorities, and the last word', () => {
    const [newer, older] = SAMPLES['trickle-ice-table']!.map((text) => imported(text));
    const lines = (dump: Imported) =>
      dump.events.flatMap((event) => (event.type === 'onicecandidate' ? [event.value!.candidate] : []));
    expect(lines(newer!)).toEqual([
      'candidate:11 1 udp 2122252543 ab.local 5001 typ host',
      'candidate:12 1 udp 41885695 192.0.2.77 5002 typ relay',
    ]);
    expect(lines(older!)).toEqual(['candidate:5 2 udp 1686052606 198.51.100.3 5003 typ srflx']);
    expect(older!.notices.join()).toContain('Authentication failed?');
  });
});

describe('rtcstats before version 3', () => {
  it('makes each reading of the one before and what changed', () => {
    const readings = imported(SAMPLES['rtcstats-1']![0]!).events.flatMap((event) =>
      event.type === 'getStats' ? [event.value] : [],
    );
    expect(readings).toEqual([
      { a: { type: 'candidate-pair', timestamp: 4, requestsSent: 1 } },
      { a: { type: 'candidate-pair', timestamp: 5, requestsSent: 2 } },
    ]);
  });
});
