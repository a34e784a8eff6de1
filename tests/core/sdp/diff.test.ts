import { expect, test } from 'vitest';
import { diff } from '../../../src/core/sdp/diff.ts';

const BASE = [
  'v=0',
  'o=- 1 1 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 VP9/90000',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=ice-ufrag:abcd',
  'a=ssrc:1 cname:x',
  '',
].join('\r\n');

const changes = (after: string) =>
  diff(BASE, after).map(({ section, kind, what }) => `${section ?? 'session'} ${kind} ${what}`);

test('a description does not differ from itself, nor from one in another order', () => {
  expect(changes(BASE)).toEqual([]);
  const swapped = BASE.replace(/(a=mid:0\r\n)(a=sendrecv\r\n)/, '$2$1');
  expect(changes(swapped)).toEqual([]);
});

test.each([
  ['a=sendrecv', 'a=recvonly', '0 changed direction'],
  ['m=video 9', 'm=video 0', '0 changed port'],
  ['a=ice-ufrag:abcd', 'a=ice-ufrag:wxyz', '0 changed a=ice-ufrag'],
  ['a=extmap:1 ', 'a=extmap:4 ', '0 changed header extension urn:ietf:params:rtp-hdrext:sdes:mid'],
  ['SAVPF 96 97', 'SAVPF 97 96', '0 moved order of preference'],
  ['a=ssrc:1 cname:x', 'a=ssrc:1 cname:y', '0 changed a=ssrc:1 cname'],
  ['a=group:BUNDLE 0\r\n', '', 'session removed a=group'],
  ['o=- 1 1', 'o=- 1 2', 'session changed o='],
])('%s → %s', (before, after, expected) => {
  expect(changes(BASE.replace(before, after))).toEqual([expected]);
});

test('another codec under a payload type is one gone and one new, with what replaces munging', () => {
  const result = diff(BASE, BASE.replace('97 VP9', '97 AV1'));
  expect(result.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    'removed codec VP9/90000',
    'added codec AV1/90000',
  ]);
  expect(result[0]!.munging).toContain('setCodecPreferences');
});

test('a section that is gone is one change', () => {
  expect(changes(BASE.slice(0, BASE.indexOf('m=')))).toEqual(['0 removed media section']);
});
