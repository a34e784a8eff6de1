import { describe, expect, it } from 'vitest';
import { describe as words } from '../../../src/app/diagrams/transports/describe.ts';
import { layout } from '../../../src/app/diagrams/transports/layout.ts';
import { rowsOf } from '../../../src/app/diagrams/transports/model.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';
import { Script, UP, WORKS } from '../../core/diagnosis/script.ts';
import { NO_FACTS, reduce } from '../../../src/core/projections/index.ts';

const endOf = (name: string) => {
  const fixture = FIXTURES.find((one) => one.name === name)!;
  return viewAt(fixture, fixture.log.events.length);
};
const factsOf = (script: Script) => script.events.reduce(reduce, NO_FACTS);
const media = (...mids: readonly string[]) => ({
  media: mids.map((mid) => `m=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:${mid}\na=rtpmap:111 opus/48000/2`),
});

describe('transports', () => {
  it('of a call with BUNDLE are one a side, shared by all m-lines, with its DTLS as getStats tells it', () => {
    const rows = rowsOf(endOf('media-chromium').facts);
    expect(rows.map(({ peer }) => peer.label)).toEqual(['A', 'B']);
    for (const { sections, facts, local, remote } of rows) {
      expect(sections!.length).toBeGreaterThan(1);
      expect(facts).toMatchObject({ dtlsState: 'connected', tlsVersion: 'FEFC' });
      expect([local?.protocol, remote?.protocol]).toEqual(['udp', 'udp']);
    }
    const [a, b] = rows;
    expect(new Set([a!.facts.dtlsRole, b!.facts.dtlsRole])).toEqual(new Set(['client', 'server']));
    expect([a!.facts.ownFingerprint, a!.facts.otherFingerprint]).toEqual([
      b!.facts.otherFingerprint,
      b!.facts.ownFingerprint,
    ]);
  });

  it('without BUNDLE carry the section that their streams name, and what is not told is said', () => {
    const transport = (state: string) => ({
      type: 'transport',
      dtlsState: state,
      bytesSent: 5,
      bytesReceived: 6,
    });
    const apart = (streams: object) =>
      rowsOf(
        factsOf(
          new Script()
            .create()
            .local('offer', media('0', '1'))
            .remote('answer', media('0', '1'))
            .stats({ pair: WORKS, transport: UP, more: { U: transport('connecting'), ...streams } }),
        ),
      ).map(({ sections }) => sections?.map(({ name }) => name) ?? null);
    const stream = (transportId: string, mid: string) => ({
      type: 'outbound-rtp',
      kind: 'audio',
      transportId,
      mid,
    });
    expect(apart({ I: stream('U', '0'), J: stream('T', '1') })).toEqual([['1'], ['0']]);
    expect(apart({})).toEqual([['0'], ['1']]);
    expect(apart({ V: transport('new') })).toEqual([null, null, null]);
  });

  it('that are told no more are of before', () => {
    const script = new Script().create().stats({ pair: WORKS, transport: UP });
    script.add('getStats', { W: { type: 'transport', dtlsState: 'new' } });
    expect(rowsOf(factsOf(script)).map(({ facts }) => facts.goneAt !== null)).toEqual([true, false]);
  });

  it('say that nothing is known before the first reading', () => {
    const fixture = FIXTURES.find(({ name }) => name === 'loopback-chromium')!;
    expect(words(viewAt(fixture, 3))).toMatch(/Nothing is known/);
    expect(layout(viewAt(fixture, 3), { width: 640, height: 400 }).empty.length).toBeGreaterThan(0);
  });
});
