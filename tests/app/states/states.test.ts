import { describe as suite, expect, it } from 'vitest';
import { peersOf } from '../../../src/app/diagrams/parts/peer-labels.ts';
import { caption, describe } from '../../../src/app/diagrams/states/describe.ts';
import { type StatesLayout, layout } from '../../../src/app/diagrams/states/layout.ts';
import type { View } from '../../../src/core/projections/view.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { collisions, illegible } from '../../support/legible.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';
import { BY_HAND, LOOPBACK, tell, viewOf } from '../ladder/stories.ts';

const SIZES = [
  { width: 360, height: 300 },
  { width: 390, height: 640 },
  { width: 460, height: 470 },
  { width: 464, height: 473 },
  { width: 488, height: 473 },
  { width: 508, height: 531 },
  { width: 664, height: 440 },
  { width: 1008, height: 440 },
  { width: 1920, height: 800 },
];

/** The attribute that each event tells of, with the state it has in a new connection (W3C WebRTC, section 4.3). */
const ATTRIBUTES: readonly (readonly [SessionEvent['type'], string, string, string])[] = [
  ['onsignalingstatechange', 'signaling', 'signalingState', 'stable'],
  ['onicegatheringstatechange', 'gathering', 'iceGatheringState', 'new'],
  ['oniceconnectionstatechange', 'ice', 'iceConnectionState', 'new'],
  [':dtls.state', 'dtls', 'RTCDtlsTransport.state', 'new'],
  ['onconnectionstatechange', 'connection', 'connectionState', 'new'],
];

const isConnected = ({ type, value }: SessionEvent): boolean =>
  type === 'onconnectionstatechange' && value === 'connected';

/** Every state that an attribute of a peer had, read from the events alone. */
function trail(
  events: readonly SessionEvent[],
  peer: string,
  [type, id, , first]: (typeof ATTRIBUTES)[number],
): string[] {
  const states = [first];
  for (const event of events.filter((entry) => entry.peer === peer)) {
    const state =
      event.type === type
        ? String(event.value)
        : (event.type === 'close' || event.type === ':peer.gone') && id !== 'gathering'
          ? 'closed'
          : // A connection is connected when all its transports are (W3C WebRTC, section 4.3.3).
            id === 'dtls' && states.at(-1) === 'connecting' && isConnected(event)
            ? 'connected'
            : null;
    if (state !== null && state !== states.at(-1)) states.push(state);
  }
  return states;
}

function check(view: View, drawn: StatesLayout, where: string): void {
  const past = view.events.slice(0, view.index);
  for (const { id, label } of peersOf(view.whole).slice(0, 2)) {
    if (!past.some((event) => event.peer === id && event.type !== ':peer')) continue;
    for (const attribute of ATTRIBUTES) {
      const states = trail(past, id, attribute);
      const machine = drawn.machines.find((entry) => entry.id === attribute[1])!;
      const standing = machine.nodes.filter((node) => node.tokens.some((token) => token.label === label));
      expect(
        standing.map(({ state, look }) => [state, look]),
        where,
      ).toEqual([[states.at(-1), 'current']]);
      for (const [index, to] of states.slice(1).entries()) {
        const edge = machine.edges.find((way) => way.from === states[index] && way.to === to);
        expect(edge?.look, `${where}: ${attribute[2]} ${states[index]} > ${to}`).toBe('taken');
      }
    }
  }
}

function legible({ labels, machines }: StatesLayout, width: number, where: string): void {
  const pills = machines.map(({ nodes }) => nodes.map((node) => ({ name: node.state, box: node })));
  expect([...illegible(labels, width), ...pills.flatMap(collisions)], where).toEqual([]);
}

suite.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  it('stands where the events say, at every event', () => {
    for (let index = 0; index <= fixture.log.events.length; index++) {
      if (index > 0 && fixture.log.events[index - 1]!.type === 'getStats') continue;
      const view = viewAt(fixture, index);
      const size = SIZES[index % SIZES.length]!;
      const drawn = layout(view, size);
      const where = `event ${index}, ${size.width} px`;
      check(view, drawn, where);
      legible(drawn, size.width, where);
    }
  });

  it('names every state of every peer', () => {
    const view = viewAt(fixture, fixture.log.events.length);
    for (const { id, label } of peersOf(view.whole)) {
      const states = ATTRIBUTES.map(
        (attribute) => `${attribute[2]} ${trail(view.events, id, attribute).at(-1)}`,
      );
      expect(describe(view)).toContain(`${label}: ${states.join(', ')}.`);
    }
  });
});

const at = (view: View, id: string, size = SIZES[3]!) =>
  layout(view, size).machines.find((machine) => machine.id === id)!;

suite('States', () => {
  it('is drawn for a session of nothing', () => {
    const view = viewOf(tell([]));
    for (const size of SIZES) {
      legible(layout(view, size), size.width, String(size.width));
      expect(
        layout(view, size).machines.flatMap(({ nodes }) => nodes.filter(({ look }) => look !== 'idle')),
      ).toEqual([]);
    }
    expect(caption(view).text.length).toBeGreaterThan(0);
  });

  it('lights what is legal next, and says what is awaited', () => {
    const view = viewOf(tell(BY_HAND));
    const { edges, nodes } = at(view, 'signaling');
    const next = edges.filter((edge) => edge.next).map(({ from, to }) => `${from} > ${to}`);
    expect(next.sort()).toEqual([
      'have-local-offer > have-remote-pranswer',
      'have-local-offer > stable',
      'have-remote-offer > have-local-pranswer',
      'have-remote-offer > stable',
    ]);
    expect(nodes.find(({ state }) => state === 'stable')?.look).toBe('next');
    expect(nodes.find(({ state }) => state === 'closed')?.look).toBe('idle');
    const texts = layout(view, SIZES[3]!).labels.map(({ text }) => text);
    expect(texts).toContain('A waits for the answer · B owes one');
    expect(texts).toContain('remote answer');
  });

  it('draws what no table has: rare ways, unknown ways, unknown states', () => {
    const view = viewOf(
      tell([
        [0, 'A', 'create', {}],
        [1, 'A', 'oniceconnectionstatechange', 'failed'],
        [2, 'A', 'oniceconnectionstatechange', 'connected'],
        [3, 'A', 'oniceconnectionstatechange', 'a state that nobody has ever heard of before'],
        [4, 'A', 'onsignalingstatechange', 'odd'],
        [5, 'A', 'onsignalingstatechange', 'toString'],
        [6, 'A', 'onsignalingstatechange', 'have-remote-pranswer'],
        [7, 'A', 'close', null],
      ]),
    );
    for (const size of SIZES) {
      const drawn = layout(view, size);
      check(view, drawn, String(size.width));
      legible(drawn, size.width, String(size.width));
    }
  });

  it('slides a piece while its call is pending, and only with motion', () => {
    const story = tell(LOOPBACK);
    const index = story.log.events.findIndex((event) => event.type === 'onsignalingstatechange');
    const change = story.log.events[index]!;
    const shown = (time: number, motion: boolean) =>
      layout(viewOf(story, index, time), SIZES[3]!, motion).machines[0]!.sliding;
    const [early, late] = [shown(change.at - 1.2, true), shown(change.at - 0.1, true)];
    expect([early[0]?.label, late[0]?.label]).toEqual(['A', 'A']);
    const target = at(viewOf(story, index), 'signaling').nodes.find(
      ({ state }) => state === 'have-local-offer',
    )!;
    const distance = ({ x, y }: { x: number; y: number }) => Math.hypot(x - target.x, y - target.y);
    expect(distance(late[0]!)).toBeLessThan(distance(early[0]!));
    expect(shown(change.at - 5.5, true)).toEqual([]);
    expect(shown(change.at - 0.1, false)).toEqual([]);
  });

  it('uses two columns where there is room, and says how high it is where there is none', () => {
    const view = viewOf(tell(LOOPBACK));
    const lefts = (width: number) =>
      new Set(layout(view, { width, height: 440 }).machines.map(({ nodes }) => nodes[0]!.left > width / 2));
    expect(lefts(1008).size).toBe(2);
    expect(lefts(664).size).toBe(1);
    expect(layout(view, { width: 508, height: 531 }).height).toBeLessThanOrEqual(531);
    expect(layout(view, { width: 390, height: 300 }).height).toBeGreaterThan(600);
  });
});

suite('the trail under each graph', () => {
  const texts = (view: View, height: number): readonly string[] =>
    layout(view, { width: 1200, height }).labels.map(({ text }) => text);

  it('tells which states were passed and when, in the words and times of the recording', () => {
    for (const fixture of FIXTURES) {
      const view = viewAt(fixture, fixture.log.events.length);
      const { labels } = layout(view, { width: 1200, height: 560 });
      const trails = labels.filter(({ text }) => text.endsWith(' ms')).map(({ text }) => text);
      for (const { id } of peersOf(view.facts).slice(0, 2)) {
        const { state, at } = view.facts.states[id]!.connection.history.at(-1)!;
        const time = at >= 1000 ? `${Math.trunc(at)}`.replace(/(?=\d{3}$)/, ' ') : at.toFixed(1);
        expect(
          trails.some((text) => text.endsWith(`${state} ${time} ms`)),
          `${fixture.name} ${id}`,
        ).toBe(true);
      }
    }
  });

  it('gives place to the graphs where there is no room for both', () => {
    const fixture = FIXTURES[0]!;
    const view = viewAt(fixture, fixture.log.events.length);
    expect(texts(view, 560).some((text) => text.includes(' → '))).toBe(true);
    expect(texts(view, 380).some((text) => text.includes(' → '))).toBe(false);
  });
});
