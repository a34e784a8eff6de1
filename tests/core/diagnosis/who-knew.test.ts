import { describe, expect, it } from 'vitest';
import { whoKnewWhat } from '../../../src/core/diagnosis/who-knew.ts';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';
import { Script, THEIRS, host, srflx } from './script.ts';

/** A call of which both ends are here; B reads A's offer as `read` says. */
function rows(read: { readonly fingerprint?: string; readonly ufrag?: string } = {}, given = 2) {
  const script = new Script().create().channel().local('offer').remote('answer');
  const candidates = [host('192.168.1.7'), srflx('198.51.100.7')];
  script
    .gathers(...candidates)
    .complete()
    .given(srflx(THEIRS));
  script
    .other()
    .create()
    .remote('offer', { ufrag: 'aaaa', fingerprint: '11:22:33', ...read })
    .local('answer', { ufrag: 'bbbb', fingerprint: '44:55:66' })
    .gathers(srflx(THEIRS))
    .given(...candidates.slice(0, given));
  const { events } = script;
  const facts = events.reduce(reduce, NO_FACTS);
  const known = whoKnewWhat({ events, facts, pairing: ['A', 'B'], labels: ['A', 'B'] });
  return new Map(known.map((row) => [row.what, row]));
}

describe('who knew what', () => {
  it('agrees in all but the states of a call that nobody changed', () => {
    const known = rows();
    expect([...known.values()].filter(({ differs, id }) => differs && id !== 'verdict')).toEqual([]);
    expect(known.get('A’s fingerprint')).toMatchObject({
      first: { text: '11:22:33' },
      second: { text: '11:22:33' },
      together: 'the same',
    });
    expect(known.get('B’s candidates')!.together).toBe('all arrived');
  });

  it('shows what was changed on its way, each reading with its line at its end', () => {
    const row = rows({ fingerprint: '77:88:99' }).get('A’s fingerprint')!;
    expect(row).toMatchObject({ first: { text: '11:22:33' }, second: { text: '77:88:99' }, differs: true });
    expect(row.first.evidence!.event).toMatch(/^A:/);
    expect(row.second.evidence!.event).toMatch(/^B:/);
    expect(row.second.evidence!.line).toBe(9);
    expect(rows({ ufrag: 'zzzz' }).get('A’s ICE name')!.together).toBe('it was changed');
  });

  it('counts candidates that never arrived', () => {
    expect(rows({}, 1).get('A’s candidates')).toMatchObject({
      first: { text: '2 gathered' },
      second: { text: '1 given' },
      together: '1 never arrived',
      differs: true,
    });
  });
});
