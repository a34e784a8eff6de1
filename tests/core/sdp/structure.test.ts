import { expect, test } from 'vitest';
import { readDescription } from '../../../src/core/sdp/structure.ts';

const HEAD = 'v=0\r\no=- 7 2 IN IP4 192.0.2.7\r\ns=-\r\n';
const directions = (session: string, ...sections: readonly string[]) =>
  readDescription(
    `${HEAD}${session}t=0 0\r\n${sections.map((lines) => `m=audio 9 RTP/AVP 0\r\n${lines}`).join('')}`,
  ).media.map(({ direction }) => direction);

// RFC 8866, section 6.7: what the session says holds for sections that say nothing, and without a word it is sendrecv.
test('a section without a direction takes that of the session', () => {
  expect(directions('a=recvonly\r\n', '', 'a=mid:1\r\n', 'a=sendonly\r\n')).toEqual([
    'recvonly',
    'recvonly',
    'sendonly',
  ]);
  expect(directions('', '', 'a=inactive\r\n')).toEqual(['sendrecv', 'inactive']);
});

test('of two directions in a section the last one counts', () => {
  expect(directions('', 'a=sendonly\r\na=recvonly\r\n', 'a=inactive\r\na=sendrecv\r\n')).toEqual([
    'recvonly',
    'sendrecv',
  ]);
});
