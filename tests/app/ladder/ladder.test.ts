import { render } from 'svelte/server';
import { describe as suite, expect, it } from 'vitest';
import Ladder from '../../../src/app/diagrams/ladder/Ladder.svelte';
import { caption, describe } from '../../../src/app/diagrams/ladder/describe.ts';
import { type LadderLayout, ladderAt, layout } from '../../../src/app/diagrams/ladder/layout.ts';
import type { Box } from '../../../src/app/diagrams/parts/labels.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { CALLS } from '../../../src/core/session/event.ts';
import { describePacket } from '../../../src/core/stun/describe.ts';
import { illegible } from '../../support/legible.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';
import { BY_HAND, type Line, LOOPBACK, tell, viewOf } from './stories.ts';

const SIZES = [
  { width: 360, height: 300 },
  { width: 390, height: 520 },
  { width: 488, height: 473 },
  { width: 664, height: 400 },
  { width: 1008, height: 440 },
  { width: 1920, height: 800 },
];
const ENDLESS = { width: 600, height: 50_000 };

const illegibleIn = ({ labels, columns }: LadderLayout): string[] => illegible(labels, columns.right + 8);

/** Whether an event must be told on some row: everything but polls, outcomes, who takes part, and what was relayed. */
function mustBeTold(event: SessionEvent): boolean {
  if (event.type === ':packet') {
    const { summary } = describePacket(Buffer.from(event.value.bytes, 'base64'));
    const isExchange = /^(Binding|Allocate|Refresh|CreatePermission|ChannelBind) (request|success|error)/;
    return event.value.seenAt === 'server' && isExchange.test(summary);
  }
  if (event.type === 'onicecandidate') return Boolean(event.value?.candidate);
  return !/^(?::session|:peer|:packets\.missed|:unknown|getStats)$/.test(event.type);
}

const idsIn = ({ rows }: LadderLayout): string[] => rows.flatMap(({ row }) => row.events);

suite.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  const { events } = fixture.log;
  const indexes = [...Array(events.length + 1).keys()].filter(
    (index) => events[index - 1]?.type !== 'getStats',
  );

  it('ends at the cursor, within the picture', () => {
    for (const index of indexes) {
      const view = viewAt(fixture, index);
      const size = SIZES[index % SIZES.length]!;
      const drawn = layout(view, size);
      const where = `event ${index}, ${size.width} px`;
      expect(drawn.later, where).toBe(0);
      const bottoms: Pick<Box, 'bottom'>[] = drawn.rows.map(({ top, height }) => ({ bottom: top + height }));
      expect(
        bottoms.every(({ bottom }) => bottom <= size.height),
        where,
      ).toBe(true);
    }
  });

  it('tells every event up to the cursor, each once, and none after it', () => {
    for (const index of indexes.filter((at) => at % 7 === 0 || at === events.length)) {
      const past = events
        .slice(0, index)
        .filter(mustBeTold)
        .map(({ id }) => id);
      const told = idsIn(layout(viewAt(fixture, index), ENDLESS)).filter(
        (id, at, all) => all.indexOf(id) === at,
      );
      expect(told.sort()).toEqual(past.sort());
    }
  });

  it('keeps the order of events', () => {
    const orders = layout(viewAt(fixture, events.length), ENDLESS).rows.map(({ row }) => row.order);
    expect(orders).toEqual(orders.toSorted((a, b) => a - b));
  });

  it('shows the newest rows of the whole ladder, however little fits', () => {
    for (const index of indexes.filter((at) => at % 5 === 0)) {
      const view = viewAt(fixture, index);
      const all = layout(view, ENDLESS).rows.map(({ say }) => say);
      const few = layout(view, { width: 600, height: 220 });
      expect(few.rows.map(({ say }) => say)).toEqual(all.slice(all.length - few.rows.length));
      expect(few.earlier > 0).toBe(few.rows.length < all.length);
    }
  });

  it('can be scrolled back to its first row and no further', () => {
    const view = viewAt(fixture, events.length);
    const all = layout(view, ENDLESS).rows.map(({ row }) => row.id);
    const back = ladderAt(view, SIZES[0]!, true, all.length + 50);
    expect(back.rows[0]?.row.id).toBe(all[0]);
    expect(back.later).toBe(all.length - back.rows.length);
    expect(back.earlier).toBe(0);
    expect(back.rows.length).toBeGreaterThan(3);
    expect(illegibleIn(back)).toEqual([]);
  });

  it('counts what the session holds', () => {
    const count = (fits: (event: SessionEvent) => boolean) => events.filter(fits).length;
    const calls = count(({ type }) => (CALLS as readonly string[]).includes(type));
    const messages = count(({ type }) => type === ':signal.sent');
    expect(describe(viewAt(fixture, events.length))).toMatch(
      new RegExp(`^${calls} calls?, ${messages} signalling messages? and `),
    );
  });
});

const said = (drawn: LadderLayout): string[] => drawn.rows.map(({ say }) => say);

suite('Ladder', () => {
  it('tells a run by hand, with what must have been asked of the servers', () => {
    expect(said(layout(viewOf(tell(BY_HAND)), ENDLESS))).toEqual([
      'A calls new RTCPeerConnection()',
      'B calls new RTCPeerConnection()',
      'A calls createOffer()',
      'A calls setLocalDescription(offer), which leads to have-local-offer, gathering',
      'A gathers host 755164e4-1a2b-4c3d-8e9f-aabbccddeeff.local:50124',
      'A asks STUN: Binding request',
      'STUN answers A: you are :50124',
      'A asks TURN: Allocate',
      'TURN answers A: yours: :49170',
      'A: gathering complete',
      'A sends offer, 1.2 kB to B',
      'A sends 3 candidates to B',
      'B calls setRemoteDescription(offer), which leads to have-remote-offer',
      'B calls setLocalDescription(offer), refused with InvalidStateError',
    ]);
  });

  it('shows idle time as a line with its length', () => {
    const drawn = layout(viewOf(tell(BY_HAND)), ENDLESS);
    const lengths = drawn.labels.map(({ text }) => text).filter((text) => / s$/.test(text));
    expect(lengths).toEqual(['4.1 s', '5.4 s', '2.7 s', '5.6 s']);
    expect(drawn.gaps).toHaveLength(4);
  });

  it('says that the browser refused', () => {
    expect(caption(viewOf(tell(BY_HAND))).text).toContainEqual({ strong: 'the browser refused it' });
    const { marks } = layout(viewOf(tell(BY_HAND)), ENDLESS).rows.at(-1)!;
    expect(marks.map(({ type }) => type)).toEqual(['fail']);
  });

  it('draws what was concluded dashed and what was seen solid', () => {
    for (const lines of [BY_HAND, LOOPBACK]) {
      for (const { row, arrows } of layout(viewOf(tell(lines)), ENDLESS).rows) {
        const evidence = row.kind === 'server' || row.kind === 'check' ? 'inferred' : 'observed';
        expect(
          arrows.every((arrow) => arrow.evidence === evidence),
          row.id,
        ).toBe(true);
      }
    }
  });

  it('puts checks before what they led to', () => {
    const rows = said(layout(viewOf(tell(LOOPBACK)), ENDLESS));
    const place = (text: string) => rows.findIndex((row) => row.startsWith(text));
    expect(place('A: ICE checking')).toBeLessThan(place('A sends B 1 check'));
    expect(place('A sends B 1 check')).toBeLessThan(place('B answers A'));
    expect(place('B answers A')).toBeLessThan(place('A: ICE connected'));
    expect(rows.filter((row) => row.startsWith('B answers A'))).toHaveLength(1);
  });

  it('lets a message fly to where it will land, and with less motion not at all', () => {
    const story = tell(LOOPBACK);
    const sent = story.log.events.findIndex(({ type }) => type === ':signal.sent');
    const view = viewOf(story, sent + 1, story.log.events[sent]!.at + 0.05);
    const flying = layout(view, SIZES[2]!).rows.at(-1)!;
    expect(flying.envelope?.flying).toBe(true);
    expect(flying.arrows[0]?.head).toBeNull();
    const { a, b } = layout(view, SIZES[2]!).columns;
    expect((flying.envelope!.x - a) / (b - a)).toBeCloseTo(0.25, 1);
    const still = layout(view, SIZES[2]!, false).rows.at(-1)!;
    expect(still.envelope?.x).toBe(a);
    expect(still.arrows).toEqual([]);
  });

  it('has servers only where the session has them', () => {
    const names = (lines: readonly Line[]) =>
      layout(viewOf(tell(lines)), SIZES[2]!).lifelines.map(({ name }) => name);
    expect(names(BY_HAND)).toEqual(['A', 'STUN', 'TURN', 'B']);
    expect(names(LOOPBACK)).toEqual(['A', 'B']);
    expect(names([])).toEqual(['A', 'B']);
  });

  it('draws a dump of one side, and leaves out connections that it has no room for', () => {
    const alone = LOOPBACK.filter(([, peer]) => peer !== 'B');
    const drawn = layout(viewOf(tell(alone)), ENDLESS);
    expect(drawn.lifelines.map(({ name, kind }) => [name, kind])).toEqual([
      ['A', 'peer'],
      ['B', 'unseen'],
    ]);
    expect(said(drawn)).toContain('A sends offer, 720 bytes to the other side');
    const third: readonly Line[] = [
      ...BY_HAND,
      [18_000, 'C', 'create', {}],
      [18_001, 'C', 'createOffer', null],
    ];
    expect(said(layout(viewOf(tell(third)), ENDLESS)).some((row) => row.startsWith('C'))).toBe(false);
  });

  it('survives an empty session and no room at all', () => {
    for (const lines of [[], BY_HAND, LOOPBACK])
      for (const width of [0, 1, 360])
        for (const height of [0, 1, 60]) layout(viewOf(tell(lines)), { width, height });
    expect(describe(viewOf(tell([])))).toContain('no connection exists');
  });

  it('folds messages of a burst, and reads little of a long session', () => {
    const polls = Array.from({ length: 60_000 }, (_, at): Line => [6000 + at, 'A', 'getStats', {}]);
    const data = Array.from({ length: 40_000 }, (_, at): Line => {
      return [66_000 + at, 'A', ':data.sent', { label: 'chat', number: at + 2, bytes: 100 }];
    });
    const view = viewOf(tell([...LOOPBACK, ...polls, ...data]));
    expect(said(layout(view, SIZES[2]!)).at(-2)).toBe('A sends B 10 messages, 1.0 kB over chat');
    let reads = 0;
    const events = new Proxy(view.events, {
      get(target, name, receiver) {
        reads++;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    layout({ ...view, events }, SIZES[2]!);
    reads = 0;
    layout({ ...view, events }, SIZES[2]!);
    expect(reads).toBeLessThan(5000);
  });

  it('shows what our server saw asked of it, and of the rest of the packets nothing', () => {
    const fixture = FIXTURES.find(({ name }) => name === 'xray-relay-chromium')!;
    const { events } = fixture.log;
    const { rows } = layout(viewAt(fixture, events.length), ENDLESS);
    const asked = rows.filter(({ row }) => row.kind === 'server');
    expect(asked.flatMap(({ arrows }) => arrows.map(({ evidence }) => evidence))).not.toContain('inferred');
    // What the browser told of its relay is what TURN was seen to answer.
    const [relay] = fixture.whole.candidates.A!.local.filter(({ type }) => type === 'relay');
    expect(asked.filter(({ row }) => row.peer === 'A').map(({ say }) => say)).toEqual([
      'A asks STUN: Binding request',
      expect.stringMatching(/^STUN answers A: you are :\d+$/),
      'A asks TURN: Allocate without password',
      'TURN answers A: 401 Unauthenticated',
      'A asks TURN: Allocate with password',
      `TURN answers A: yours: :${relay!.port}`,
      'A asks TURN: CreatePermission for 127.0.0.1',
      'TURN answers A: granted',
      expect.stringMatching(/^A asks TURN: ChannelBind 0x4000 127\.0\.0\.1:\d+$/),
      'TURN answers A: granted',
      'A asks TURN: Refresh: gives the lease back',
      'TURN answers A: granted',
    ]);
    const answer = asked.find(({ say }) => say.includes('yours'))!;
    expect(answer.row.candidates).toEqual([relay!.key]);
    expect(answer.marks).toHaveLength(1);
    expect(events.filter(({ type }) => type === ':packet').length).toBeGreaterThan(3 * asked.length);
  });

  it('is one stop for the keyboard, and marks the row of what is selected', () => {
    const view = viewOf(tell(BY_HAND));
    const id = view.events.find(({ type }) => type === 'setRemoteDescription')!.id;
    const selection = { kind: 'event', id } as const;
    const { body } = render(Ladder, {
      props: { view, size: SIZES[5]!, selection, select: () => {}, motion: true },
    });
    expect(body.match(/tabindex="0"/g)).toHaveLength(1);
    const marked = body.match(/aria-label="[^"]*" aria-pressed="true"/g) ?? [];
    expect(marked).toEqual([expect.stringContaining('B calls setRemoteDescription(offer)')]);
  });
});
