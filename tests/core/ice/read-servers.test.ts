import { describe, expect, it } from 'vitest';
import { readServers } from '../../../src/core/ice/read-servers.ts';

describe('readServers', () => {
  it('reads what people write', () => {
    const text =
      'stun:stun.example.org\n\n  turn:[2001:db8::1]:3478?transport=tcp  ann secret \nturns:turn.example.org:443 bob pw';
    expect(readServers(text)).toEqual({
      ok: true,
      value: [
        { urls: ['stun:stun.example.org'] },
        { urls: ['turn:[2001:db8::1]:3478?transport=tcp'], username: 'ann', credential: 'secret' },
        { urls: ['turns:turn.example.org:443'], username: 'bob', credential: 'pw' },
      ],
    });
  });

  it.each([
    ['https://example.org', 'not the URL of an ICE server'],
    ['stun:a?transport=udp', 'takes no transport'],
    ['turn:a', 'needs a user name'],
    ['turn:a user', 'needs a user name'],
    ['stun://stun.example.org', 'not the URL'],
    ['stun:a:123456', 'not the URL'],
  ])('names what is wrong with %s, and where', (line, message) => {
    const read = readServers(`stun:fine\n${line}`);
    expect(read).toMatchObject({ ok: false, error: { where: 'line 2', found: line } });
    expect(!read.ok && read.error.message).toContain(message);
  });
});
