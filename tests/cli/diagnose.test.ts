import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/command.ts';
import { run } from '../../src/cli/main.ts';
import { writeSession } from '../../src/core/session/codec.ts';
import { FIXTURES } from '../support/sessions.ts';
import { FAILURES } from '../core/diagnosis/failures.ts';
import { Script } from '../core/diagnosis/script.ts';

async function diagnose(files: Readonly<Record<string, string>>, ...options: readonly string[]) {
  let out = '';
  let err = '';
  const io: Io = {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    read: (name) => Promise.resolve(new TextEncoder().encode(files[name])),
    write: () => Promise.resolve(),
  };
  const code = await run(['diagnose', ...Object.keys(files), ...options], io);
  return { code, out, err };
}

const json = (out: string) =>
  JSON.parse(out) as {
    format: string[];
    clock: { offset: number; uncertainty: number } | null;
    connections: {
      id: string;
      file: string;
      states: Record<string, string[]>;
      candidates: { local: unknown[]; remote: unknown[] };
      selectedPair: { local: { type: string }; remote: { type: string } } | null;
      verdict: string;
      causes: {
        cause: string;
        confidence: string;
        evidence: { event: string }[];
        change: { who: string } | null;
      }[];
      unknown: string[];
    }[];
  };

describe('icescope diagnose', () => {
  it('says of a call that failed why, and exits with 1', async () => {
    const { code, out } = await diagnose(
      { 'a.txt': writeSession(FAILURES['turn-auth']!().events) },
      '--json',
    );
    const { connections, format } = json(out);
    expect(code).toBe(1);
    expect(format).toEqual(['rtcstats']);
    expect(connections).toHaveLength(1);
    expect(connections[0]).toMatchObject({
      id: 'A',
      file: 'a.txt',
      states: {
        signaling: ['have-local-offer', 'stable'],
        ice: ['checking', 'disconnected'],
        connection: ['connecting', 'failed'],
      },
      selectedPair: null,
    });
    expect(connections[0]!.causes[0]).toMatchObject({
      cause: 'turn-auth',
      confidence: 'certain',
      change: { who: 'page' },
    });
    expect(connections[0]!.candidates.local.length).toBeGreaterThan(0);
    expect(connections[0]!.unknown.length).toBeGreaterThan(0);
  });

  it('has nothing to say of a call that stands, and exits with 0', async () => {
    const { text } = FIXTURES.find(({ name }) => name === 'relay-chromium')!;
    const { code, out } = await diagnose({ 'relay.txt': text }, '--json');
    expect(code).toBe(0);
    for (const { causes, selectedPair } of json(out).connections) {
      expect(causes).toEqual([]);
      expect([selectedPair!.local.type, selectedPair!.remote.type]).toContain('relay');
    }
  });

  it('puts the two ends of a call together', async () => {
    const one = new Script('7-1')
      .create()
      .agreed()
      .gathers()
      .given('candidate:1 1 udp 5 203.0.113.9 5000 typ srflx')
      .unanswered();
    const other = new Script('9-1')
      .create()
      .refusedCandidate('candidate:1 1 udp 5 198.51.100.7 5000 typ srflx', 'The remote description was null')
      .remote('offer', { ufrag: 'aaaa' })
      .local('answer', { ufrag: 'bbbb' })
      .gathers('candidate:1 1 udp 5 203.0.113.9 5000 typ srflx');
    const files = { 'a.txt': writeSession(one.events), 'b.txt': writeSession(other.events) };
    const { code, out } = await diagnose(files, '--json');
    const { connections } = json(out);
    expect(code).toBe(1);
    expect(connections.map(({ file, causes }) => [file, causes[0]!.cause])).toEqual([
      ['a.txt', 'candidates-before-description'],
      ['b.txt', 'candidates-before-description'],
    ]);
  });

  it('prints sentences, code and what is not known', async () => {
    const { out } = await diagnose({ 'a.txt': writeSession(FAILURES['no-ice-servers']!().events) });
    expect(out).toMatch(/No ICE server is configured/);
    expect(out).toMatch(/the page changes: .*\n {10}new RTCPeerConnection/);
    expect(out).toMatch(/not known: /);
  });

  it('exits with 2 for what is no dump, and without a file', async () => {
    expect((await diagnose({ 'a.txt': 'hello' })).code).toBe(2);
    expect((await diagnose({})).code).toBe(2);
  });
});
