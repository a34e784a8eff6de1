import { render } from 'svelte/server';
import { describe as suite, expect, it } from 'vitest';
import Gathering from '../../../src/app/diagrams/gathering/Gathering.svelte';
import { caption, describe } from '../../../src/app/diagrams/gathering/describe.ts';
import { gatheringAt, layout } from '../../../src/app/diagrams/gathering/layout.ts';
import type { DrawnRow } from '../../../src/app/diagrams/gathering/draw.ts';
import type { View } from '../../../src/core/projections/view.ts';
import { SIZES, expectSound } from '../../support/legible.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';
import { type Line, tell, viewOf } from '../ladder/stories.ts';
import { CHECKS, NATS } from './stories.ts';

const WIDE = { width: 1008, height: 2000 };
const textOf = ({ labels }: Pick<DrawnRow, 'labels'>): string => labels.map(({ text }) => text).join(' ');
const rowsIn = (view: View): readonly DrawnRow[] => layout(view, WIDE).rows;
const rowOf = (view: View, text: string): DrawnRow => rowsIn(view).find((row) => textOf(row).includes(text))!;

/** What makes two candidates one: type, protocol, address, port, ufrag. */
const withoutComponent = (line: string): string => line.split(' ').toSpliced(0, 2).toSpliced(1, 1).join(' ');

suite.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  const indexes = [...Array(fixture.log.events.length + 1).keys()];

  it('has a row for every candidate that was told, and tells of it', () => {
    for (const index of indexes.filter((at) => at % 5 === 0)) {
      const view = viewAt(fixture, index);
      const told = fixture.log.events
        .slice(0, index)
        .flatMap((event) =>
          event.type === 'onicecandidate' && event.value?.candidate ? [event.value.candidate] : [],
        );
      const rows = rowsIn(view).filter(({ kind }) => kind === 'candidate');
      expect(rows.length).toBeGreaterThanOrEqual(new Set(told.map(withoutComponent)).size);
      const words = describe(view);
      for (const line of told) {
        const [, , protocol, , address, port, , type] = line.split(' ');
        expect(words).toContain(`${type} ${protocol!.toLowerCase()} ${address}:${port}`);
      }
    }
  });

  it('keeps the axis still while the session plays', () => {
    const grids = indexes
      .map((index) => layout(viewAt(fixture, index), WIDE))
      .filter(({ rows }) => rows.length > 0);
    expect(new Set(grids.map(({ grid }) => JSON.stringify(grid))).size).toBeLessThanOrEqual(1);
  });
});

suite('behind NATs', () => {
  const story = tell(NATS);
  const view = viewOf(story);

  it('is legible after every event, also when only one side was recorded', () => {
    const lonely = tell(NATS.filter(([, peer]) => peer !== 'B'));
    for (const of of [story, tell(CHECKS), lonely])
      for (let index = 0; index <= of.log.events.length; index++)
        for (const size of SIZES) expectSound(layout, viewOf(of, index), size);
  });

  it('hangs what was asked below the address that raddr and rport name', () => {
    const host = rowOf(view, '192.168.1.23:50124');
    const srflx = rowOf(view, '203.0.113.24:51742');
    const relay = rowOf(view, '198.51.100.2:49170');
    expect([srflx, relay].map(({ tree }) => tree?.startsWith(`M${host.source!.x} ${host.y + 6}V`))).toEqual([
      true,
      true,
    ]);
    expect(textOf(srflx)).toContain('198.51.100.1:3478');
  });

  it('infers a hidden base by its local preference, and says so where it can not', () => {
    const host = rowOf(view, '9b36eaac….local:61023');
    // 1677729535 and 2113937151 differ in their type preference alone (RFC 8445, section 5.1.2.1).
    expect(rowOf(view, '192.0.2.61:62031').tree).toContain(` ${host.y + 6}V`);
    expect(rowOf(view, '198.51.100.2:49172').tree).toBeNull();
    const unbased = rowsIn(view).filter(({ kind }) => kind === 'unbased');
    expect(unbased.map(textOf)).toEqual(['asked from an own address that nothing tells:']);
  });

  it('counts the wait from the start, or from when the base was there', () => {
    expect(textOf(rowOf(view, '192.168.1.23:50124'))).toContain('1.0 ms');
    expect(textOf(rowOf(view, '203.0.113.24:51742'))).toContain('2.2 ms');
    expect(textOf(rowOf(view, '192.0.2.61:62031'))).toContain('1.9 ms');
  });

  it('marks the longest wait alone as bold', () => {
    const bold = rowsIn(view).flatMap(({ labels }) =>
      labels.filter((one) => one.bold && one.text.endsWith(' ms')),
    );
    expect(bold.map(({ text }) => text)).toEqual(['4.9 ms']);
  });

  it('names what asking costs at the least as inferred', () => {
    // A header of 20 bytes each way, and XOR-MAPPED-ADDRESS of 4 + 8 (RFC 8489, sections 5 and 14.2).
    expect(textOf(rowOf(view, '203.0.113.24:51742'))).toContain('inferred: 2+ packets, 52+ B');
    expect(textOf(rowOf(view, '198.51.100.2:49170'))).toContain('inferred: 4+ packets');
    expect(textOf(rowOf(view, '192.168.1.23:50124'))).not.toContain('packets');
  });

  it('shows an error below the address it happened on', () => {
    const error = rowOf(view, '701, server not reached');
    expect(error.mark?.type).toBe('fail');
    expect(error.tree).not.toBeNull();
    expect(error.selects).toEqual({ kind: 'event', id: 'A:7' });
    expect(describe(view)).toContain(
      'A: error 701, server not reached, from stun:198.51.100.1:3478, at 16.0 ms.',
    );
    expect(caption(view).next).toBe('One question to 198.51.100.1:3478 failed.');
  });

  it('names the interface only where the browser tells it', () => {
    expect(textOf(rowOf(view, '192.168.1.23:50124'))).toContain('own address, IPv4');
    expect(textOf(rowOf(view, '9b36eaac….local'))).not.toContain('IPv');
    expect(textOf(rowOf(viewOf(tell(CHECKS)), '192.168.1.23:50124'))).toContain('Wi-Fi, IPv4');
  });

  it('leaves a search open while it goes on', () => {
    const during = viewOf(story, story.log.indexAt(15));
    const [head] = rowsIn(during);
    expect(head?.span?.isOpen).toBe(true);
    expect(textOf(head!)).toContain('gathering since 10.0');
    expect(caption(during)).toEqual({
      text: [{ strong: 'A found a relay candidate' }, ' on port 49170, after 4.0 ms.'],
      next: 'A is still gathering.',
    });
    expect(rowsIn(view)[0]?.span?.isOpen).toBe(false);
    expect(describe(view)).toMatch(
      /^A: iceGatheringState complete, 4 local candidates: host udp 192\.168\.1\.23:50124/,
    );
  });
});

suite('what it says first', () => {
  it('explains the empty picture', () => {
    const empty = viewOf(tell([]));
    expect(layout(empty, WIDE).labels[0]?.text).toBe('No address has been gathered yet.');
    expect(describe(empty)).toBe('No connection exists yet, so nothing is gathered.');
    expect(caption(empty).text[0]).toEqual({ strong: 'Nothing is gathered yet' });
  });
});

suite('a broken candidate line', () => {
  it('leaves every number finite', () => {
    const view = viewOf(
      tell([
        ...NATS.slice(0, 6),
        [12, 'A', 'onicecandidate', { candidate: 'candidate:1 1 udp x 10.0.0.7 y typ host', sdpMid: '0' }],
      ]),
    );
    for (const size of SIZES) expectSound(layout, view, size);
    expect(describe(view)).toContain('host udp 10.0.0.7:?');
  });
});

suite('many candidates', () => {
  const many: Line[] = [
    ...NATS,
    ...Array.from({ length: 3000 }, (_, at): Line => [
      50 + at,
      'A',
      'onicecandidate',
      { candidate: `candidate:9 1 udp 1 10.0.${at >> 8}.${at & 255} ${1000 + at} typ host`, sdpMid: '0' },
    ]),
  ];
  const view = viewOf(tell(many));

  it('draws those in sight, wherever the reader scrolled', () => {
    const top = gatheringAt(view, { width: 1008, height: 440 }, 0);
    const low = gatheringAt(view, { width: 1008, height: 440 }, 50_000);
    expect(top.contentHeight).toBeGreaterThan(3000 * 36);
    expect([top.rows.length, low.rows.length].every((count) => count < 30)).toBe(true);
    const [first, last] = [low.rows[0]!, low.rows.at(-1)!];
    expect(first.y < 50_000 && last.y > 50_440).toBe(true);
  });
});

suite('an end that found nothing', () => {
  const failed = FIXTURES.find(({ name }) => name === 'failed-chromium')!;
  const view = viewAt(failed, failed.log.events.length);

  it('says why in the picture, under it and in the text alternative, once it has looked to the end', () => {
    const rows = layout(view, WIDE).rows.filter(({ kind }) => kind === 'nothing');
    expect(rows.map(({ say }) => say)).toEqual([
      'A found nothing: relay only, but no TURN server',
      'B found nothing: relay only, but no TURN server',
    ]);
    expect(caption(view).text.at(-1)).toBe(': relay only, but no TURN server.');
    expect(describe(view)).toContain('0 local candidates (relay only, but no TURN server)');
    const early = viewAt(failed, Math.floor(failed.log.events.length / 2));
    expect(layout(early, WIDE).rows.some(({ kind }) => kind === 'nothing')).toBe(false);
  });
});

suite('the component', () => {
  it('is one stop of the Tab key, and marks what is selected', () => {
    const view = viewOf(tell(NATS));
    const { body } = render(Gathering, {
      props: {
        view,
        size: WIDE,
        selection: { kind: 'candidate', id: 'host/udp/192.168.1.23/50124' },
        select: () => {},
        motion: true,
      },
    });
    expect(body.match(/role="button" tabindex="0"/g)).toHaveLength(1);
    expect(body.match(/aria-pressed="true"/g)).toHaveLength(1);
    expect(body).toContain('aria-label="A got host udp 192.168.1.23:50124, an own address, after 1.0 ms"');
  });
});
