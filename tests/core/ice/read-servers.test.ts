import { describe, expect, it } from 'vitest';
import { readServers, writeServers } from '../../../src/core/ice/read-servers.ts';

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

describe('readServers, of a configuration', () => {
  const turn = {
    urls: ['turn:a.example', 'turns:a.example:443?transport=tcp'],
    username: 'ann',
    credential: "it's",
  };
  const value = [{ urls: ['stun:b.example'] }, turn];
  const list = [{ urls: 'stun:b.example' }, turn];

  it.each([
    ['RTCConfiguration', JSON.stringify({ iceServers: list, iceTransportPolicy: 'relay' })],
    ['a list', JSON.stringify(list, null, 2)],
    ['code', `const pc = new RTCPeerConnection({ iceServers: ${JSON.stringify(list)} });`],
    [
      'JavaScript',
      `{ // ours
        iceServers: [
          { url: 'stun:b.example' },
          { urls: ['turn:a.example', "turns:a.example:443?transport=tcp"], username: \`ann\`, credential: 'it\\'s', },
        ],
      }`,
    ],
  ])('reads %s', (_name, text) => {
    expect(readServers(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['{ iceServers: [', 'can not be read'],
    ['{"a": 1}', 'no ICE servers'],
    ['[{"urls": "turn:a.example"}]', 'needs a user name'],
    ['[{"urls": "http://a.example"}]', 'not the URL'],
    ['[{"username": "ann"}]', 'has no URL'],
    ['[1]', 'not an ICE server'],
  ])('names what is wrong with %s', (text, message) => {
    const read = readServers(text);
    expect(!read.ok && read.error.message).toContain(message);
  });

  it('does not show a password in what it says', () => {
    const read = readServers('[{"urls": "turn:a.example", "credential": "hush"}]');
    expect(JSON.stringify(read)).not.toContain('hush');
  });

  it('writes them one URL a line, and reads that again', () => {
    const lines = writeServers(value);
    expect(lines.split('\n')).toHaveLength(3);
    const again = readServers(lines);
    expect(again.ok && writeServers(again.value)).toBe(lines);
  });
});
