import { describe, expect, it } from 'vitest';
import { caption } from '../../../src/app/diagrams/paths/describe.ts';
import { layout } from '../../../src/app/diagrams/paths/layout.ts';
import { FIXTURES, RECORDINGS, openFixture, viewAt } from '../../support/sessions.ts';
import { momentsOf } from './sessions.ts';

const SIZE = { width: 1008, height: 446 };
const recorded = (name: string) => RECORDINGS.find((one) => one.name === name)!;
const last = (name: string) => layout(viewAt(recorded(name), recorded(name).log.events.length), SIZE);

describe('walls', () => {
  it.each(RECORDINGS.map((fixture) => [fixture.name, fixture] as const))(
    '%s: stand from the first moment on, and their doors open once and stay open',
    (_, { log }) => {
      const open = [0, 0];
      for (const view of momentsOf(log).filter(({ facts }) => facts.peers.length > 1)) {
        const { walls } = layout(view, SIZE);
        expect(walls.map(({ side, evidence }) => [side, evidence])).toEqual([
          [0, 'inferred'],
          [1, 'inferred'],
        ]);
        for (const { side, doors } of walls) {
          expect(doors[0]!.open).toBeGreaterThanOrEqual(open[side]!);
          open[side] = doors[0]!.open;
        }
      }
      expect(open).toEqual([1, 1]);
    },
  );

  it('have one door for each mapping, thirty pixels apart', () => {
    const [a, b] = last('through-turn').walls;
    expect(a!.doors.map(({ top }) => top - a!.doors[0]!.top)).toEqual([0, 30]);
    expect(b!.doors).toHaveLength(1);
  });

  it('stop what nobody answers: a cross before each door, and no line behind it', () => {
    const { crosses, walls, labels } = last('no-way');
    const [left, right] = crosses.map(({ x }) => x).sort((a, b) => a - b);
    expect(left).toBeGreaterThan(walls[0]!.box.right);
    expect(right).toBeLessThan(walls[1]!.box.left);
    expect(labels.filter(({ text }) => text === 'no answer')).toHaveLength(2);
  });

  // What the routers of tests/natlab did: "direct" ran behind two that filter by address and port, "no-way" behind two symmetric ones.
  it.each([
    ['direct', ['lets in STUN, TURN, B', 'lets in STUN, TURN, A']],
    ['through-turn', ['lets in TURN', 'lets in STUN, TURN']],
    ['no-way', ['lets in STUN', 'lets in STUN']],
  ])('%s: say whom they let in, and name nobody who only knocked', (name, expected) => {
    const said = last(name).labels.filter(({ text }) => text.startsWith('lets in'));
    expect(said.map(({ text }) => text)).toEqual(expected);
  });

  it('name nobody before anybody was heard', () => {
    const { log } = recorded('direct');
    const first = momentsOf(log).find(({ facts }) =>
      facts.candidates.B?.local.some(({ type }) => type === 'srflx'),
    )!;
    const texts = layout(first, SIZE).labels.map(({ text }) => text);
    expect(texts).toContain('lets in STUN');
    expect(texts.join()).not.toMatch(/lets in [^,]*, [AB]\b/);
  });

  it('are the carrier’s, too, where the address outside is one that carriers share out (RFC 6598)', () => {
    const text = recorded('direct').text;
    const at = (address: string) => {
      const fixture = openFixture(address, text.replaceAll('198.51.100.2', address));
      return layout(viewAt(fixture, fixture.log.events.length), SIZE).labels.map((label) => label.text);
    };
    expect(at('100.64.0.9')).toContain('A’s NAT, then the carrier’s');
    expect(at('100.127.255.9')).toContain('A’s NAT, then the carrier’s');
    expect(at('100.128.0.9')).toContain('A’s NAT');
    expect(at('100.63.0.9')).toContain('A’s NAT');
  });

  it.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))(
    'none on one machine: %s',
    (_, fixture) => {
      expect(layout(viewAt(fixture, fixture.log.events.length), SIZE).walls).toEqual([]);
    },
  );

  it('fall to nobody: the caption names both ends that gave up, and first the one that did', () => {
    const said = momentsOf(recorded('no-way').log).map((view) => JSON.stringify(caption(view).text));
    const first = said.findIndex((text) => text.includes('gave up'));
    expect(said[first]).toContain('B gave up');
    expect(said.at(-1)).toContain('Both gave up');
  });
});
