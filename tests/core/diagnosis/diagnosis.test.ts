import { describe, expect, it } from 'vitest';
import { causes, diagnose } from '../../../src/core/diagnosis/index.ts';
import { KNOWN_BUGS } from '../../../src/core/diagnosis/known-bugs.ts';
import { peerPairings } from '../../../src/core/session/peer-pairing.ts';
import { FIXTURES, RECORDINGS } from '../../support/sessions.ts';
import { FAILURES } from './failures.ts';
import {
  HIDDEN,
  MINE,
  OTHER_HIDDEN,
  STUN,
  Script,
  THEIRS,
  TURN,
  UP,
  WORKS,
  host,
  relay,
  sdpOf,
  srflx,
} from './script.ts';

const of = (script: Script, other?: string) => diagnose(script.events, 'A', { other });
const told = (script: Script, other?: string) =>
  of(script, other)
    .causes.filter(({ confidence }) => confidence !== 'possible')
    .map(({ cause }) => cause);
const names = (script: Script) => of(script).causes.map(({ cause }) => cause);

/** Remarks, and what stands beside another that explains more. */
const NEVER_FIRST = new Set(['clock-skew', 'known-browser-bug', 'no-media', 'media-muted']);
const HEALTHY = [...FIXTURES, ...RECORDINGS].filter(({ name }) =>
  /^(?:loopback|no-trickle|relay|renegotiation|restart|levers|rollback|xray-relay|direct|through|media|tabs|devices)/.test(
    name,
  ),
);

describe.each(causes.all)('$id', ({ id }) => {
  it('is found in a session that shows it, with evidence that is there', () => {
    const script = FAILURES[id]!();
    const { causes: found, verdict } = of(
      script,
      script.events.some(({ peer }) => peer === 'B') ? 'B' : undefined,
    );
    const it = found.find(({ cause }) => cause === id);
    expect(it, found.map(({ cause }) => cause).join()).toBeDefined();
    if (!NEVER_FIRST.has(id)) expect(found[0]!.cause).toBe(id);
    expect(verdict).toMatch(/[.:]$/);
    for (const { event, line } of it!.evidence) {
      const shown = script.events.find((one) => one.id === event);
      expect(shown, event).toBeDefined();
      if (line !== undefined)
        expect((shown!.value as { sdp: string }).sdp.split('\n').length).toBeGreaterThanOrEqual(line);
    }
    expect(it!.evidence.length).toBeGreaterThan(0);
  });

  it('is not told of a call that stands', () => {
    for (const { name, log } of HEALTHY)
      for (const pairing of peerPairings(log.events))
        for (const peer of pairing)
          for (const other of [undefined, ...pairing.filter((one) => one !== peer)]) {
            const found = diagnose(log.events, peer, { other }).causes.filter(
              (one) => one.cause === id && one.confidence !== 'possible',
            );
            expect(found, `${name} ${peer} ${other}`).toEqual([]);
          }
  });
});

it('every failure written by hand is of a cause in the registry', () => {
  expect(Object.keys(FAILURES).sort()).toEqual(causes.all.map(({ id }) => id).sort());
});

describe('look-alikes and traps', () => {
  const ours = [host(HIDDEN), srflx(MINE)];
  const theirs = [host(OTHER_HIDDEN), srflx(THEIRS)];
  const base = (servers: Parameters<Script['create']>[0] = [STUN, TURN]) =>
    new Script()
      .create(servers)
      .agreed()
      .gathers(...ours)
      .given(...theirs);

  it('a 401 before a relay came from the same server is the challenge', () => {
    const script = base()
      .fault(TURN.urls[0], 401, 'Unauthorized')
      .gathers(relay('192.0.2.50'))
      .complete()
      .unanswered();
    expect(told(script)).toEqual(['checks-unanswered']);
  });

  it('in Firefox’s log only the second 401 of a client counts, and a 438 never', () => {
    const line = (code: number) =>
      `STUN-CLIENT(relay(IP4:10.0.0.2:4/UDP|IP4:192.0.2.5:3478/UDP)::TURN): Error processing response: Retry may be possible, stun error code ${code}.`;
    const log = (...codes: readonly number[]) =>
      base()
        .add(':unknown', { method: 'connection-log', value: codes.map(line), extra: [] })
        .complete()
        .unanswered();
    expect(told(log(401))).toEqual(['turn-failed']);
    expect(told(log(401, 438))).toEqual(['turn-failed']);
    expect(told(log(401, 401))).toEqual(['turn-auth']);
  });

  it('a name without an IPv6 address is no server that fails', () => {
    const script = base([STUN])
      .fault(STUN.urls[0], 701, 'STUN host lookup received error.', '[0:0:0:x:x:x:x:x]:9')
      .complete()
      .unanswered();
    expect(told(script)).toEqual(['checks-unanswered']);
  });

  it('one 701 among many servers blames none', () => {
    const script = base([STUN, { urls: ['stun:dead.example.org'] }])
      .fault('stun:dead.example.org', 701, 'STUN binding request timed out.')
      .complete()
      .unanswered();
    expect(told(script)).toEqual(['checks-unanswered']);
  });

  it('a missing relay proves nothing where the call stands', () => {
    expect(of(base().connected()).causes).toEqual([]);
  });

  it('candidates of every type do not mean success', () => {
    const script = base().gathers(relay('192.0.2.50')).complete().given(relay('192.0.2.51')).unanswered();
    expect(told(script)).toEqual(['checks-unanswered']);
  });

  it('TURN that is silent and TURN that ended without a word are two things', () => {
    expect(told(base().unanswered())).toEqual(['turn-unreachable']);
    expect(told(base().complete().unanswered())).toEqual(['turn-failed']);
  });

  it('a name that does not resolve is no server that is silent, also while gathering goes on', () => {
    expect(told(base().fault(TURN.urls[0], 701, 'TURN host lookup received error.').unanswered())).toEqual([
      'turn-dns',
    ]);
  });

  it('TLS that fails is told as that alone', () => {
    const url = 'turns:turn.example.org:5349?transport=tcp';
    const script = base([STUN, { urls: [url] }]).fault(url, 701, 'Failed to establish connection');
    expect(told(script.unanswered())).toEqual(['turn-tls']);
  });

  it('a relay whose every pair was given up at once was refused its permission', () => {
    const relayed = {
      K: {
        type: 'local-candidate',
        candidateType: 'relay',
        address: '192.0.2.50',
        port: 60_000,
        protocol: 'udp',
      },
    };
    const pairOf = (state: string, requestsSent: number) => ({
      Q: { type: 'candidate-pair', localCandidateId: 'K', remoteCandidateId: 'R', state, requestsSent },
    });
    const ends = (more: object) =>
      base()
        .gathers(relay('192.0.2.50'))
        .complete()
        .unanswered({ more: { ...relayed, ...more } });
    expect(told(ends(pairOf('failed', 1)))).toEqual(['turn-peer-denied']);
    expect(told(ends({}))).toEqual(['turn-peer-denied']);
    expect(told(ends(pairOf('in-progress', 90)))).toEqual(['checks-unanswered']);
  });

  it('this side’s own new port in the middle of a call is a mapping that was forgotten', () => {
    const script = base()
      .connected()
      .wait(6000)
      .stats({
        pair: WORKS,
        transport: UP,
        more: {
          N: {
            type: 'local-candidate',
            candidateType: 'prflx',
            address: MINE,
            port: 51_999,
            protocol: 'udp',
          },
        },
      });
    expect(names(script)).toEqual(['nat-rebinding']);
    expect(told(script)).toEqual([]);
  });

  it('a call whose other side closed is that, also while ICE still says connected', () => {
    const script = base()
      .connected()
      .wait(2000)
      .stats({ pair: WORKS, transport: { ...UP, dtlsState: 'closed' } });
    expect(of(script).verdict).toBe('The call stood until the other side closed it.');
    expect(names(script)).toEqual(['remote-closed']);
    expect(told(script)).toEqual([]);
    expect(told(script.wait(5000).ice('disconnected').connection('disconnected'))).toEqual(['remote-closed']);
  });

  it('a path that broke is not the other side closing', () => {
    const script = base()
      .connected()
      .wait(9000)
      .stats({ pair: { ...WORKS, requestsSent: 40 }, transport: UP })
      .ice('disconnected')
      .connection('disconnected');
    expect(told(script)).toEqual(['path-lost']);
  });

  it('Firefox calls DTLS failed when ICE did', () => {
    const script = new Script()
      .create([STUN], {}, 'Firefox 153')
      .agreed()
      .given(...theirs)
      .stats({ pair: { state: 'failed' }, transport: { dtlsState: 'failed', iceState: 'closed' } });
    expect(told(script)).toEqual(['checks-unanswered']);
  });

  it('a side whose handshake was refused at once stood only for a moment', () => {
    const script = base()
      .ice('checking')
      .ice('connected')
      .connection('connected')
      .wait(8)
      .connection('failed')
      .stats({ pair: WORKS, transport: { dtlsState: 'failed' } });
    expect(told(script)).toEqual(['dtls-failed']);
  });

  it('several nominated pairs do not confuse which one is selected', () => {
    const script = base()
      .connected()
      .stats({
        pair: WORKS,
        transport: UP,
        more: {
          P2: {
            type: 'candidate-pair',
            nominated: true,
            state: 'succeeded',
            localCandidateId: 'L',
            remoteCandidateId: 'R',
            requestsSent: 2,
            responsesReceived: 2,
          },
        },
      });
    expect(of(script).verdict).toBe('Connected directly, through the routers: nothing to mend.');
  });

  it('its own description that came back is told as that', () => {
    const script = new Script()
      .create()
      .channel()
      .local('offer')
      .remote('answer', { ufrag: 'aaaa', pwd: 'aaaa-password-of-22-chars' })
      .gathers(...ours)
      .complete()
      .given(...theirs)
      .unanswered();
    expect(of(script).causes[0]).toMatchObject({ cause: 'ice-credentials', confidence: 'certain' });
    expect(of(script).causes[0]!.message).toMatch(/own description came back/);
  });

  it('candidates refused and added later are no fault', () => {
    const script = new Script()
      .create()
      .refusedCandidate(srflx(THEIRS), 'The remote description was null')
      .remote('offer')
      .local('answer')
      .gathers(...ours)
      .given(...theirs)
      .connected();
    expect(told(script)).toEqual([]);
  });

  it('the same private network on both sides is no unreachable server', () => {
    const script = new Script()
      .create([STUN])
      .agreed()
      .gathers(host('192.168.4.10'), srflx(MINE))
      .complete()
      .given(host('192.168.4.20'))
      .unanswered();
    expect(names(script)).not.toContain('server-address-unreachable');
  });

  it('a private address elsewhere is', () => {
    for (const address of ['10.3.0.9', '100.70.1.2', '192.168.77.2'])
      expect(
        told(
          new Script()
            .create([STUN])
            .agreed()
            .gathers(host('172.16.4.10'), srflx(MINE))
            .complete()
            .given(host(address))
            .unanswered({ remote: { candidateType: 'host', address } }),
        ),
      ).toEqual(['server-address-unreachable']);
  });

  it('an answer that was altered is certain with both ends, and open with one', () => {
    const script = FAILURES['dtls-fingerprint']!();
    expect(of(script, 'B').causes[0]).toMatchObject({ cause: 'dtls-fingerprint', confidence: 'certain' });
    expect(told(script)).toEqual(['dtls-failed']);
    expect(of(script).unknown.join()).toMatch(/fingerprint/);
  });

  it('the fault that only the other end recorded explains this one', () => {
    const script = base([STUN]).complete().unanswered();
    script
      .other()
      .create()
      .refusedCandidate(srflx(MINE), 'The remote description was null')
      .wait(300)
      .remote('offer', { ufrag: 'aaaa' })
      .local('answer', { ufrag: 'bbbb' });
    expect(told(script)).toEqual(['checks-unanswered']);
    expect(of(script, 'B').causes[0]!.cause).toBe('candidates-before-description');
    expect(of(script, 'B').causes[0]!.message).toMatch(/^Seen at the other end/);
  });

  it('of a call that still goes on nothing is certain', () => {
    const script = new Script()
      .create()
      .channel()
      .local('offer')
      .gathers(...ours);
    const { verdict, causes: found } = diagnose(script.events, 'A', { live: true });
    expect(verdict).toBe('Not connected yet.');
    expect(found.every(({ confidence }) => confidence === 'possible')).toBe(true);
  });

  it('what one side can not know is said', () => {
    expect(of(base([STUN]).complete().unanswered()).unknown.join(' ')).toMatch(/other side/);
    expect(of(base().connected()).unknown).toEqual([]);
  });
});

describe('notes', () => {
  const set = (created: string, was: string) =>
    of(
      new Script()
        .create()
        .channel()
        .add('createOfferOnSuccess', { type: 'offer', sdp: created })
        .add('setLocalDescription', { type: 'offer', sdp: was }),
    )
      .notes.map(({ message }) => message)
      .filter((one) => /changed/.test(one));

  it('a description changed between create and set is told with its first line', () => {
    const sdp = sdpOf({});
    expect(set(sdp, sdp)).toEqual([]);
    expect(set(sdp, sdp.replaceAll('\r\n', '\n'))).toEqual([]);
    expect(set(sdp, sdp.replace('a=setup:actpass', 'a=setup:active'))).toEqual([
      expect.stringMatching(/first in line 10: “a=setup:actpass” became “a=setup:active”/),
    ]);
    const lines = sdp.split('\r\n');
    [lines[6], lines[7]] = [lines[7]!, lines[6]!];
    expect(set(sdp, lines.join('\r\n'))).toEqual([expect.stringMatching(/only the order/)]);
  });

  it('a lite remote, the end of candidates and an open negotiation are told', () => {
    const script = new Script()
      .create()
      .agreed({}, { more: ['a=ice-lite'] })
      .given(srflx(THEIRS))
      .add('addIceCandidate', { candidate: '', sdpMid: '0' })
      .local('offer', { ufrag: 'zzzz' });
    const messages = of(script)
      .notes.map(({ message }) => message)
      .join(' ');
    expect(messages).toMatch(/ICE-lite/);
    expect(messages).toMatch(/no more candidates/);
    expect(messages).toMatch(/still open/);
  });
});

it('each known bug of a browser names its source', () => {
  for (const { source, from, to } of KNOWN_BUGS) {
    expect(source).toMatch(/^https:\/\//);
    expect(from).toBeLessThanOrEqual(to);
  }
});
