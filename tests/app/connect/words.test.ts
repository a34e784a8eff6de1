import { describe, expect, it } from 'vitest';
import { hint, headline, sharingWords } from '../../../src/app/connect/remote/words.ts';
import type { RemoteSessionStatus } from '../../../src/live/remote/remote-session.ts';

const NEWS: RemoteSessionStatus = {
  room: { link: 'open', seat: 'A', other: false },
  phase: 'alone',
  other: null,
  share: false,
  clock: null,
  records: { way: null, refusal: null },
  took: null,
  connections: 0,
};

it('names the room that both devices are in, and none where there is none to tell apart', () => {
  expect(hint(NEWS, 'devices', 'Ntwf')).toBe('Room Ntwf. Open the link on the other device.');
  expect(hint(NEWS, 'tabs', 'Ntwf')).not.toContain('Ntwf');
  expect(hint({ ...NEWS, room: { ...NEWS.room, link: 'joining' } }, 'devices', 'Ntwf')).not.toContain('Ntwf');
});

it('says of a room out of reach that what is connected stays so', () => {
  const detail = 'The connection to the server broke. Trying again in 1.1 s; letters are kept.';
  const room = { link: 'reconnecting', seat: 'A', other: true, detail } as const;
  expect(headline({ ...NEWS, room, phase: 'connected', took: 40 }, 'devices')).toBe(
    'The room is out of reach for a moment',
  );
  expect(hint({ ...NEWS, room, phase: 'connected', took: 40 }, 'devices', 'Ntwf')).toBe(
    `${detail} What is connected stays connected.`,
  );
  expect(hint({ ...NEWS, room }, 'devices', 'Ntwf')).toBe(detail);
});

describe('sharing', () => {
  const clock = { offset: -12.34, uncertainty: 0.85, messages: 14 };
  const records = { way: 'channel', refusal: null } as const;
  const agreed = { kind: 'devices', mine: true, theirs: true, records, clock, other: 'B' } as const;

  it('says which way what is recorded goes, and how far the clocks are apart', () => {
    const [, way, clocks] = sharingWords(agreed);
    expect(way).toMatch(/over a data channel of Icescope’s own beside yours: icescope-record\./);
    expect(clocks).toBe('B’s clock: +12.3 ms ± 0.8 ms, estimated from 14 letters.');
    expect(sharingWords({ ...agreed, clock: { ...clock, offset: 0.04 } })[2]).toMatch(/clock: \+0\.0 ms/);
    expect(sharingWords({ ...agreed, records: { ...records, way: 'room' } })[1]).toMatch(/goes by the room/);
    expect(sharingWords({ ...agreed, kind: 'tabs' })).toEqual([
      'Both agreed: both ends are shown here and there.',
      'Both tabs go by one clock.',
    ]);
  });

  it('says nothing of ways and clocks before both agree', () => {
    expect(sharingWords({ ...agreed, theirs: false })).toEqual(['You agreed; the other device has not yet.']);
    expect(sharingWords({ ...agreed, theirs: null })).toEqual(['Only with your consent, and theirs.']);
  });
});
