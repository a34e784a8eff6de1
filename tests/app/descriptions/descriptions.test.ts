import { render } from 'svelte/server';
import { describe as suite, expect, it } from 'vitest';
import Descriptions from '../../../src/app/diagrams/descriptions/Descriptions.svelte';
import { caption, describe } from '../../../src/app/diagrams/descriptions/describe.ts';
import { descriptionsAt, layout } from '../../../src/app/diagrams/descriptions/layout.ts';
import { choose } from '../../../src/app/diagrams/descriptions/model.ts';
import type { Selection, View } from '../../../src/core/projections/view.ts';
import { SIZES, expectSound } from '../../support/legible.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';
import { type Line, tell, viewOf } from '../ladder/stories.ts';

const TALL = { width: 1200, height: 100_000 };

suite.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  const end = viewAt(fixture, fixture.log.events.length);

  it('shows every line of both texts as it was set, under its number', () => {
    for (const { number, offer, answer } of end.facts.descriptions.exchanges) {
      const { columns } = descriptionsAt(end, TALL, { exchange: number, side: 'offer', scroll: 0 });
      [offer, answer].forEach((description, at) => {
        const rows = columns[at]!.rows.filter((row) => row.number !== null);
        expect(rows.map(({ number: place }) => place)).toEqual(rows.map((_, place) => place + 1));
        const text = rows.map(({ name, value }) => `${name}${value}\r\n`).join('');
        expect(text).toBe(description?.sdp ?? '');
      });
    }
  });

  it('lets no line lie on another', () => {
    for (const { columns } of SIZES.map((size) => descriptionsAt(end, { ...size, height: 1e5 }, FIRST)))
      for (const { rows } of columns)
        rows
          .slice(1)
          .forEach((row, at) => expect(row.top).toBeGreaterThanOrEqual(rows[at]!.top + rows[at]!.height));
  });
});

const FIRST = { exchange: null, side: 'offer', scroll: 0 } as const;

const sdp = (version: number, ...lines: readonly string[]): string =>
  ['v=0', `o=- 7 ${version} IN IP4 127.0.0.1`, 's=-', 't=0 0', ...lines, ''].join('\r\n');
const DATA = [
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=mid:0',
  'a=ice-ufrag:abcd',
  'a=setup:actpass',
];
const HOST = 'a=candidate:1 1 udp 2122260223 10.0.0.7 50124 typ host';
const AUDIO = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:1', 'a=rtpmap:111 opus/48000/2', 'a=sendrecv'];

const exchangeOf = (
  at: number,
  version: number,
  offer: readonly string[],
  answer: readonly string[] | null,
): Line[] => {
  const offered = { type: 'offer', sdp: sdp(version, ...offer) };
  const answered = { type: 'answer', sdp: sdp(version, ...(answer ?? [])) };
  return [
    [at, 'A', 'setLocalDescription', offered, `A-${at}`],
    [at + 1, 'A', 'setLocalDescriptionOnSuccess', offered, `A-${at}`],
    ...(answer === null
      ? []
      : ([
          [at + 2, 'B', 'setLocalDescription', answered, `B-${at}`],
          [at + 3, 'B', 'setLocalDescriptionOnSuccess', answered, `B-${at}`],
        ] satisfies Line[])),
  ];
};

const STORY: readonly Line[] = [
  [0, 'A', ':peer', { place: 'this page' }],
  [0, 'B', ':peer', { place: 'this page' }],
  ...exchangeOf(10, 1, DATA, DATA),
  ...exchangeOf(20, 2, [...DATA.slice(0, 3), HOST, 'a=setup:active', ...AUDIO], [...DATA, ...AUDIO]),
  ...exchangeOf(30, 3, DATA, null),
];
const story = tell(STORY);
const changesIn = (view: View, exchange: number, column = 0) =>
  descriptionsAt(view, TALL, { ...FIRST, exchange }).columns[column]!.rows.flatMap(
    ({ change, name, value }) => (change === 'same' ? [] : [`${change} ${name}${value}`]),
  );

suite('two exchanges', () => {
  const view = viewOf(story);

  it('offers each exchange by what it is about', () => {
    const { options, current } = layout(view, TALL);
    expect(options.map(({ text }) => text)).toEqual([
      '1, data, at 11.0 ms',
      '2, with audio, at 21.0 ms',
      '3, again, at 31.0 ms',
    ]);
    expect(current).toBe(3);
  });

  it('marks what is new, changed and gone since the one before, and nothing in the first', () => {
    expect(changesIn(view, 1)).toEqual([]);
    expect(changesIn(view, 2)).toEqual([
      'changed o=- 7 2 IN IP4 127.0.0.1',
      `new ${HOST}`,
      'changed a=setup:active',
      ...AUDIO.map((line) => `new ${line}`),
    ]);
    expect(changesIn(view, 3)).toEqual([
      'changed o=- 7 3 IN IP4 127.0.0.1',
      `gone ${HOST}`,
      'changed a=setup:actpass',
      ...AUDIO.map((line) => `gone ${line}`),
    ]);
  });

  it('compares an answer with what the same peer said before', () => {
    expect(changesIn(view, 2, 1)).toEqual([
      'changed o=- 7 2 IN IP4 127.0.0.1',
      ...AUDIO.map((line) => `new ${line}`),
    ]);
  });

  it('gives lines ids by who holds them and in which exchange, and a candidate its key', () => {
    const { columns } = descriptionsAt(view, TALL, { ...FIRST, exchange: 2 });
    const row = columns[0]!.rows.find(({ candidate }) => candidate)!;
    expect(row).toMatchObject({
      id: 'A/local@2/8',
      number: 8,
      candidate: { type: 'host', key: 'host/udp/10.0.0.7/50124' },
    });
    expect(columns[1]!.rows[0]!.id).toBe('B/local@2/1');
  });

  it('begins m-sections of both sides at one height', () => {
    const { columns } = descriptionsAt(view, TALL, { ...FIRST, exchange: 2 });
    const heads = columns.map(({ rows }) => rows.filter(({ isHead }) => isHead).map(({ top }) => top));
    expect(heads[0]).toEqual(heads[1]);
    expect(heads[0]).toHaveLength(2);
  });

  it('says what is pending, in force, replaced', () => {
    const words = (exchange: number): string =>
      descriptionsAt(view, TALL, { ...FIRST, exchange })
        .labels.map(({ text }) => text)
        .join(' ');
    expect(words(1)).toContain('replaced, 8 lines, at 11.0 ms');
    expect(words(2)).toContain('in force');
    expect(words(3)).toContain('pending');
    expect(descriptionsAt(view, TALL, FIRST).columns[1]!.note).toBe('B has not answered yet.');
    expect(describe(view)).toContain('Exchange 3, again: offer of A, 8 lines; no answer yet.');
    expect(describe(view)).toContain('A holds pendingLocalDescription offer.');
    expect(caption(view)).toEqual({
      text: ['A offers ', { strong: 'data' }, '.'],
      next: 'It is pending until B answers.',
    });
  });

  it('says that an offer was rolled back', () => {
    const back = viewOf(
      tell([
        ...STORY,
        [40, 'A', 'setLocalDescription', { type: 'rollback', sdp: '' }, 'r'],
        [41, 'A', 'setLocalDescriptionOnSuccess', { type: 'rollback', sdp: '' }, 'r'],
      ]),
    );
    expect(describe(back)).toContain('rolled back, no answer.');
    expect(descriptionsAt(back, TALL, FIRST).columns[1]!.note).toBe(
      'There is no answer: the offer was rolled back.',
    );
  });

  it('counts what changed in the caption', () => {
    const answered = viewOf(story, story.log.indexAt(23));
    expect(caption(answered).text).toEqual(['B answered: ', { strong: '9 lines are new, 3 changed' }, '.']);
  });
});

suite('long texts', () => {
  const lines = Array.from({ length: 2000 }, (_, at) => `a=ssrc:${at} cname:x`);
  const swapped = lines.map((line, at) => (at % 7 === 0 ? `${line}y` : line));
  const long = viewOf(
    tell([
      [0, 'A', ':peer', { place: '' }],
      [0, 'B', ':peer', { place: '' }],
      ...exchangeOf(10, 1, [...AUDIO, ...lines], [...AUDIO, ...lines]),
      ...exchangeOf(20, 2, [...AUDIO, ...swapped], [...AUDIO, ...swapped]),
    ]),
  );

  it('places only what is in sight, wherever the reader scrolled', () => {
    for (const scroll of [0, 20_000]) {
      const { columns, contentHeight } = descriptionsAt(
        long,
        { width: 1008, height: 440 },
        { ...FIRST, scroll },
      );
      expect(contentHeight).toBeGreaterThan(2000 * 20);
      for (const { rows, count } of columns) {
        expect(count).toBe(2008);
        expect(rows.length).toBeLessThan(60);
        expect(rows[0]!.top).toBeLessThanOrEqual(scroll);
        expect(rows.at(-1)!.top + rows.at(-1)!.height).toBeGreaterThanOrEqual(scroll + 440);
      }
    }
  });

  it('compares them once, not at every frame', () => {
    expect(choose(long, null)!.offer.lines).toBe(choose(long, null)!.offer.lines);
    expect(choose(long, null)!.offer.lines.filter(({ change }) => change === 'changed')).toHaveLength(287);
  });
});

suite('the empty picture, and one end alone', () => {
  it('says what comes first', () => {
    const empty = viewOf(tell([]));
    expect(layout(empty, TALL).labels[0]?.text).toBe('Nobody has described anything yet.');
    expect(describe(empty)).toMatch(/neither offer nor answer/);
  });

  it('names lines by who holds the text when its author was not recorded', () => {
    const offer = { type: 'offer', sdp: sdp(1, ...DATA) };
    const alone = viewOf(
      tell([
        [0, 'B', ':peer', { place: '' }],
        [1, 'B', 'setRemoteDescription', offer, 'x'],
        [2, 'B', 'setRemoteDescriptionOnSuccess', offer, 'x'],
      ]),
    );
    expect(layout(alone, TALL).columns[0]!.rows[0]!.id).toBe('B/remote/1');
    for (const size of SIZES) expectSound(layout, alone, size);
  });
});

suite('the component', () => {
  const html = (selection: Selection): string =>
    render(Descriptions, {
      props: {
        view: viewOf(story, story.log.indexAt(23)),
        size: TALL,
        selection,
        select: () => {},
        motion: true,
      },
    }).body;

  it('announces each line with its number and marks what is selected', () => {
    const line = html({ kind: 'line', id: 'A/local/13' });
    expect(line).toContain('aria-label="line 13, new: a=sendrecv" aria-pressed="true"');
    expect(line.match(/<button[^>]*tabindex="0"/g)).toHaveLength(2);
    expect(html({ kind: 'candidate', id: 'host/udp/10.0.0.7/50124' })).toMatch(
      /aria-label="line 8, new: a=candidate[^"]*" aria-pressed="true"/,
    );
  });
});
