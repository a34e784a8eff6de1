/** RFC 7064 (stun) and RFC 7065 (turn). */
import { describe, expect, it } from 'vitest';
import { checkServerUrl, parseServerUrl, serverKind } from '../../../src/core/ice/server-url.ts';

describe('the URL of an ICE server', () => {
  it.each([
    ['stun:relay.example', { scheme: 'stun', port: 3478, way: 'UDP', transport: null, family: null }],
    ['turn:relay.example', { scheme: 'turn', port: 3478, way: 'UDP', transport: null }],
    ['stuns:relay.example', { scheme: 'stuns', port: 5349, way: 'TLS' }],
    ['turns:relay.example', { scheme: 'turns', port: 5349, way: 'TLS' }],
    ['TURN:198.51.100.8:80?transport=TCP', { host: '198.51.100.8', port: 80, way: 'TCP', family: 'IPv4' }],
    ['turn:[2001:db8::8]:65535?transport=udp', { host: '2001:db8::8', port: 65535, family: 'IPv6' }],
  ])('%s', (url, parts) => expect(parseServerUrl(url)).toMatchObject(parts));

  it.each([
    'http://relay.example',
    'turn:',
    'turn:a:65536',
    'turn:a b',
    'turn:a?transport=sctp',
    'turn:u@a',
    'turn:[::1',
  ])('%s is none', (url) => expect(parseServerUrl(url)).toBeUndefined());

  it('takes a transport of TURN alone', () => {
    expect(checkServerUrl('turn:a.example?transport=tcp', 'line 1', '').ok).toBe(true);
    const stun = checkServerUrl('stun:a.example?transport=tcp', 'line 4', 'as found');
    expect(!stun.ok && stun.error).toMatchObject({
      where: 'line 4',
      found: 'as found',
      expected: 'stun:host:port',
    });
  });

  it('says what a URL is of, also where no browser would take it', () => {
    const urls = ['STUNS:a', 'turn://a', 'stun.example', 'http://turn:', null, undefined];
    expect(urls.map(serverKind)).toEqual(['STUN', 'TURN', null, null, null, null]);
  });
});
