/** What real programs wrote of one call (tests/fixtures/dumps) is read as the page itself recorded that call beside them. */
import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Imported, importDump } from '../../../src/core/importers/index.ts';
import { type Facts, NO_FACTS, reduceAll } from '../../../src/core/projections/index.ts';
import type { MachineFacts } from '../../../src/core/projections/states.ts';
import { diagnose } from '../../../src/core/diagnosis/index.ts';
import { writeSession } from '../../../src/core/session/codec.ts';
import { isEventName } from '../../../src/core/session/known-types.ts';
import type { PeerId, SessionEvent } from '../../../src/core/session/event.ts';
import type { EndTrace } from '../../fixtures/make/dumps/call-page.ts';

const folder = new URL('../../fixtures/dumps/', import.meta.url);

/** What a format holds; the rest can not be asked of it. */
interface Holds {
  readonly format: string;
  /** Each event; `end`: what was there when it was made; `checks`: what the log of an ICE agent says. */
  readonly detail: 'events' | 'end' | 'checks';
  /** Older tracers listen to no icecandidateerror. */
  readonly hasErrors?: false;
}

const FILES: Readonly<Record<string, Holds>> = {
  'chromium.internals.gz': { format: 'webrtc-internals', detail: 'events' },
  'chromium.rtcstats.gz': { format: 'rtcstats', detail: 'events' },
  'tracer-2.dump.txt.gz': { format: 'rtcstats-1', detail: 'events', hasErrors: false },
  'tracer-jitsi.dump.jsonl.gz': { format: 'rtcstats-1', detail: 'events', hasErrors: false },
  'tracer-3.dump.txt.gz': { format: 'rtcstats', detail: 'events' },
  'firefox.report.json.gz': { format: 'firefox-report', detail: 'end' },
  'firefox.history.json.gz': { format: 'firefox-report', detail: 'end' },
  'firefox.page.html.gz': { format: 'firefox-page', detail: 'end' },
  'firefox.log.txt.gz': { format: 'firefox-log', detail: 'checks' },
};

const bytesOf = (name: string): Uint8Array => readFileSync(new URL(name, folder));
const traceOf = (name: string): readonly EndTrace[] =>
  JSON.parse(gunzipSync(bytesOf(`${name.split('.')[0]!}.trace.json.gz`)).toString()) as readonly EndTrace[];

async function read(name: string): Promise<Imported & { readonly facts: Facts }> {
  const dump = await importDump(bytesOf(name));
  if (!dump.ok) throw new Error(dump.error.message);
  return { ...dump.value, facts: reduceAll(NO_FACTS, dump.value.events) };
}

const told = (machine: MachineFacts | undefined): readonly string[] =>
  (machine?.history ?? []).filter(({ event }) => event !== null).map(({ state }) => state);

const ofPeer = (events: readonly SessionEvent[], peer: PeerId): readonly SessionEvent[] =>
  events.filter((event) => event.peer === peer);

const descriptionsOf = (events: readonly SessionEvent[]) =>
  events.flatMap((event) =>
    event.type === 'setLocalDescription' || event.type === 'setRemoteDescription'
      ? [{ call: event.type, type: event.value?.type, sdp: event.value?.sdp }]
      : [],
  );

/** Which of the page's connections this one is, by its first user name fragment. */
function isOf(events: readonly SessionEvent[], { ufrag }: EndTrace): boolean {
  const own = descriptionsOf(events).find(({ call }) => call === 'setLocalDescription')?.sdp ?? '';
  return own.includes(`a=ice-ufrag:${ufrag}`);
}

const endsOf = (line: string): string => {
  const [, , protocol, , , port, , type] = line.split(' ');
  return `${type} ${protocol!.toLowerCase()} ${port}`;
};

function pairsOf({ pairs, candidates }: Facts, peer: PeerId) {
  const { local = [], remote = [] } = candidates[peer] ?? {};
  const { pairs: all = [], selectedId = null } = pairs[peer] ?? {};
  const end = (list: typeof local, id: string): string => {
    const one = list.find(({ statsId }) => statsId === id);
    return `${one?.type} ${one?.protocol} ${one?.port}`;
  };
  return all
    .filter(({ goneAt }) => goneAt === null)
    .map((pair) => ({
      ends: `${end(local, pair.localId)} ${end(remote, pair.remoteId)}`,
      state: pair.spans.at(-1)?.state,
      selected: pair.id === selectedId,
    }))
    .toSorted((a, b) => a.ends.localeCompare(b.ends));
}

const sorted = (list: readonly { readonly ends: string }[]) =>
  list.toSorted((a, b) => a.ends.localeCompare(b.ends));

it('each fixture is asked for what its format holds', () => {
  const dumps = readdirSync(folder).filter((name) => !/\.trace\.|^README|^trickle\./.test(name));
  expect(dumps.toSorted()).toEqual(Object.keys(FILES).toSorted());
});

describe.each(Object.entries(FILES))('%s', (name, { format, detail, hasErrors = true }) => {
  it('is known by its content, and its selected pairs are those of the page', async () => {
    const { format: found, facts, connections } = await read(name);
    expect(found.id).toBe(format);
    expect(connections).toHaveLength(traceOf(name).length);
    const selected = (list: readonly { ends: string; selected: boolean }[]) =>
      list.filter((pair) => pair.selected).map(({ ends }) => ends);
    const mine = connections.flatMap((peer) => selected(pairsOf(facts, peer)));
    expect(mine.toSorted()).toEqual(
      traceOf(name)
        .flatMap(({ pairs }) => selected(pairs))
        .toSorted(),
    );
  });

  if (detail !== 'checks')
    it('descriptions are byte for byte those of the page', async () => {
      const { events, connections } = await read(name);
      for (const end of traceOf(name)) {
        const peer = connections.find((one) => isOf(ofPeer(events, one), end));
        expect(descriptionsOf(ofPeer(events, peer!))).toEqual(end.descriptions);
      }
    });

  if (detail !== 'checks')
    it('pairs and their states are those of the page', async () => {
      const { events, connections, facts } = await read(name);
      for (const end of traceOf(name)) {
        const peer = connections.find((one) => isOf(ofPeer(events, one), end))!;
        // The last reading is up to a second older than the page's: a pair may have been given up in between.
        const found = pairsOf(facts, peer);
        expect(found).toEqual(expect.arrayContaining(sorted(end.pairs)));
        expect(found.length - end.pairs.length).toBeLessThanOrEqual(detail === 'events' ? 1 : 0);
        expect(told(facts.states[peer]?.signaling)).toEqual(end.states.signaling);
        const given = ofPeer(events, peer).flatMap((event) =>
          event.type === 'addIceCandidate' && event.value?.candidate ? [event.value.candidate] : [],
        );
        expect(new Set(given.map(endsOf))).toEqual(new Set(end.remote.map(endsOf)));
      }
    });

  if (detail === 'events')
    it('states, candidates and errors are those of the page, in its order', async () => {
      const { events, connections, facts } = await read(name);
      for (const end of traceOf(name)) {
        const peer = connections.find((one) => isOf(ofPeer(events, one), end))!;
        const { signaling, gathering, ice, connection } = facts.states[peer]!;
        expect({
          signaling: told(signaling),
          gathering: told(gathering),
          ice: told(ice),
          connection: told(connection),
        }).toEqual(end.states);
        const own = ofPeer(events, peer);
        const found = own.flatMap((event) =>
          event.type === 'onicecandidate' && event.value?.candidate ? [event.value.candidate] : [],
        );
        expect(found).toEqual(end.local);
        const errors = own.flatMap((event) =>
          event.type === 'onicecandidateerror'
            ? [{ url: event.value.url, errorCode: event.value.errorCode }]
            : [],
        );
        expect(errors).toEqual(hasErrors ? end.errors : []);
      }
    });

  it('nothing of it has a form that is not known, and it converts twice to the same bytes', async () => {
    const dump = await read(name);
    const unknown = dump.events
      .filter(({ type }) => type === ':unknown')
      .map(({ value }) => (value as { method: string }).method);
    expect(unknown.filter((method) => isEventName(method) && !/^(?:create|close)$/.test(method))).toEqual([]);
    const once = writeSession(dump.events);
    const again = await importDump(new TextEncoder().encode(once));
    expect(again.ok && writeSession(again.value.events)).toBe(once);
    expect(again.ok && again.value.lost.filter((one) => /^Line/.test(one))).toEqual([]);
  });

  it('cut anywhere it is read as far as it is whole, or the place is named', async () => {
    const whole = bytesOf(name);
    for (let percent = 0; percent < 100; percent++) {
      const dump = await importDump(whole.subarray(0, Math.floor((whole.length * percent) / 100)));
      if (dump.ok) expect(dump.value.events[0]?.type).toBe(':session');
      else expect(dump.error.message).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('Firefox', () => {
  it('whose log alone says that TURN refused the password: once checks have failed, the log says so', async () => {
    const { facts, connections } = await read('firefox.log.txt.gz');
    expect(connections.map((peer) => told(facts.states[peer]?.ice))).toEqual([
      ['checking', 'connected', 'checking', 'connected'],
      ['checking', 'connected', 'checking', 'connected'],
      [],
    ]);
  });
});

describe.each(readdirSync(folder).filter((name) => name.startsWith('trickle.')))('%s', (name) => {
  it('each row is a candidate, its priority and component those of its parts, its server that of its cell', async () => {
    const { format, events, notices } = await read(name);
    expect(format.id).toBe('trickle-ice-table');
    const rows = Buffer.from(bytesOf(name))
      .toString()
      .split('\n')
      .map((line) => line.split('\t'))
      .filter((cells) => cells.length > 5 && cells[1]!.trim() !== 'Type');
    const expected = rows.map(([time, type, foundation, protocol, address, port, priority, url]) => {
      const [preference, local, component] = priority!.split(' | ').map(Number) as [number, number, number];
      const total = preference * 2 ** 24 + local * 2 ** 8 + component;
      return [
        Number(time) * 1000,
        `candidate:${foundation} ${256 - component} ${protocol} ${total} ${address} ${port} typ ${type}`,
        url || undefined,
      ];
    });
    const found = events.flatMap((event) =>
      event.type === 'onicecandidate'
        ? [[event.at, event.value!.candidate.replace(' tcptype active', ''), event.value!.url]]
        : [],
    );
    expect(found).toEqual(expected);
    const { verdict, causes } = diagnose(events, 'table');
    const cause = { 'chromium-auth': 'turn-auth', 'firefox-auth': 'turn-failed' }[name.split('.')[1]!];
    expect(causes.map((one) => one.cause)).toEqual(cause === undefined ? [] : [cause]);
    if (cause === undefined)
      expect(verdict).toMatch(/^Only gathering was recorded: candidates came of the type host, srflx/);
    expect(/Done/.test(Buffer.from(bytesOf(name)).toString())).toBe(
      !notices.join().includes('The page ended'),
    );
  });
});
