import { expect, it } from 'vitest';
import { hint, headline } from '../../../src/app/meet/words.ts';
import type { MeetingNews } from '../../../src/live/meeting/meeting.ts';

const NEWS: MeetingNews = {
  room: { link: 'open', seat: 'A', other: false },
  phase: 'alone',
  other: null,
  share: false,
  clock: null,
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
