/** The same fault told in another way is the same cause: rules hold for what the specifications say, not for one recording. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnosis/index.ts';
import type { NewEvent, SessionEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import { FAILURES } from './failures.ts';
import { HIDDEN, MINE, OTHER_HIDDEN, STUN, Script, THEIRS, TURN, UP, WORKS, host, srflx } from './script.ts';

type Vary = (event: SessionEvent) => SessionEvent;

const deep = (value: unknown, text: (one: string) => string): unknown => {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((one) => deep(one, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [text(key), deep(one, text)]));
};
const inTexts =
  (text: (one: string) => string): Vary =>
  (event) =>
    ({ ...event, value: deep(event.value, text) }) as SessionEvent;

/** RFC 3849's prefix for public addresses, RFC 4193's for private ones. */
const six = (four: string): string => {
  if (four === '0.0.0.0') return '::';
  const groups = four.split('.').map((one) => Number(one).toString(16));
  const isPrivate = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(four);
  return isPrivate
    ? `fd00:${groups[0]}:${groups[1]}:${groups[2]}::${groups[3]}`
    : `2001:db8:${groups[0]}:${groups[1]}${groups[2]!.padStart(2, '0')}::${groups[3]}`;
};

const VARIATIONS: Readonly<Record<string, Vary>> = {
  'other ids of statistics': inTexts((text) =>
    /^[PLRTQKDINS]$/.test(text) ? `a-${text.charCodeAt(0)}` : text,
  ),
  'another name of the connection': (event) => ({ ...event, peer: event.peer && `PC_7${event.peer}` }),
  'IPv6 alone': inTexts((text) =>
    text
      .replace(/(?<=^candidate:(?:\S+ ){4})\d+(?:\.\d+){3}(?= )/, six)
      .replace(/(?<= raddr )\d+(?:\.\d+){3}/, six)
      .replace(/^\d+(?:\.\d+){3}$/, six)
      .replace(/^0\.0\.0\.x:(\d+)$/, '[2001:db8:1:x:x:x:x:x]:$1'),
  ),
  'mDNS names shown as addresses of two networks': inTexts((text) =>
    text.replaceAll(HIDDEN, '192.168.31.7').replaceAll(OTHER_HIDDEN, '10.77.1.9'),
  ),
  'an hour later': (event) => (event.type === ':session' ? event : { ...event, at: event.at + 3_600_000 }),
  'twice as slow': (event) => ({ ...event, at: event.at * 2 }),
  'line feeds alone': inTexts((text) => text.replaceAll('\r\n', '\n')),
};

/** What the variation itself makes another thing. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  // One side stays of the other family, or both become of one.
  'address-family-mismatch': ['IPv6 alone'],
  // Private addresses are told as such, not as names that do not resolve.
  'remote-mdns-only': ['mDNS names shown as addresses of two networks'],
  // What is in the user name is a time.
  'clock-skew': ['an hour later'],
};

const renamed = (peer: string, id: string): string => (peer === id ? peer : `PC_7${id}`);

function vary(events: readonly SessionEvent[], variation: Vary): readonly SessionEvent[] {
  const log = new SessionLog();
  for (const { id: _id, ...event } of events.map(variation).toSorted((a, b) => a.at - b.at))
    log.append(event as NewEvent);
  return log.events;
}

describe.each(Object.entries(VARIATIONS))('%s', (name, variation) => {
  it.each(Object.keys(FAILURES).filter((id) => !OTHERWISE[id]?.includes(name)))('%s', (id) => {
    const { events } = FAILURES[id]!();
    const hasOther = events.some(({ peer }) => peer === 'B');
    const varied = vary(events, variation);
    const peer = varied.some((event) => event.peer === 'A') ? 'A' : renamed('', 'A');
    const other = hasOther ? (peer === 'A' ? 'B' : renamed('', 'B')) : undefined;
    const [before] = diagnose(events, 'A', { other: hasOther ? 'B' : undefined }).causes;
    const [after] = diagnose(varied, peer, { other }).causes;
    expect(after?.cause).toBe(before!.cause);
    expect(after?.confidence).toBe(before!.confidence);
  });
});

it('a second connection in the same recording changes nothing', () => {
  for (const [id, make] of Object.entries(FAILURES)) {
    const script = make();
    const first = (list: readonly SessionEvent[]) => diagnose(list, 'A').causes.map(({ cause }) => cause);
    const before = first(script.events);
    script
      .other('X')
      .create()
      .agreed()
      .gathers(host(HIDDEN), srflx(MINE, 41_000))
      .complete()
      .given(srflx(THEIRS, 41_001))
      .connected();
    expect(first(script.events), id).toEqual(before);
  }
});

const told = (script: Script) =>
  diagnose(script.events, 'A')
    .causes.filter(({ confidence }) => confidence !== 'possible')
    .map(({ cause }) => cause);
const ours = [host(HIDDEN), srflx(MINE)];
const theirs = [host(OTHER_HIDDEN), srflx(THEIRS)];
const direct = (): Script =>
  new Script()
    .create()
    .agreed()
    .gathers(...ours)
    .complete()
    .given(...theirs);

describe('a recording that ends before anything is decided blames nobody', () => {
  it.each([
    ['while it gathers', () => new Script().create().channel().local('offer').gathers(host(HIDDEN))],
    ['with the answer', () => new Script().create().agreed().gathers(host(HIDDEN))],
    ['while it checks', () => direct().ice('checking').connection('connecting').wait(800).stats()],
  ])('%s', (_name, make) => {
    expect(told(make())).toEqual([]);
    expect(diagnose(make().events, 'A').verdict).toBe(
      'This recording ends before it is decided whether it connects.',
    );
  });

  it('and one that ends soon is less sure than one that goes on', () => {
    const offered = () => new Script().create().channel().local('offer').gathers().complete();
    const sureness = (script: Script) => diagnose(script.events, 'A').causes[0]?.confidence;
    expect(sureness(offered())).toBe('likely');
    expect(sureness(offered().wait(6000).add('onnegotiationneeded', null))).toBe('certain');
  });
});

describe('what is not recorded is not concluded', () => {
  it('which servers were configured', () => {
    const symmetric = (script: Script) =>
      script
        .agreed()
        .gathers(host(HIDDEN), srflx(MINE, 41_000), srflx(MINE, 42_000))
        .complete()
        .given(...theirs)
        .unanswered();
    expect(told(symmetric(new Script().create([STUN])))).toEqual(['nat-no-relay']);
    expect(told(symmetric(new Script().add('create', { pageUrl: 'https://example.org' })))).toEqual([
      'checks-unanswered',
    ]);
  });

  it('whether the other side hung up, without statistics', () => {
    const script = new Script()
      .create()
      .agreed()
      .ice('checking')
      .ice('connected')
      .connection('connected')
      .wait(9000)
      .ice('disconnected')
      .connection('failed');
    expect(told(script)).toEqual([]);
    expect(diagnose(script.events, 'A').verdict).toMatch(/^It connected, and was lost. Perhaps:/);
  });

  it('whether TURN refused, in a browser that records no errors of servers', () => {
    const script = (browser: string) =>
      new Script()
        .create([STUN, TURN], {}, browser)
        .agreed()
        .gathers(...ours)
        .given(...theirs)
        .unanswered();
    expect(told(script('Chromium 140'))).toEqual(['turn-unreachable']);
    expect(told(script('Firefox 150'))).toEqual(['turn-failed']);
  });
});

describe('an outage', () => {
  /** A check a second from the start, and answers to those that are not in the gap. */
  const asking = (script: Script, seconds: number, isAnswered: (second: number) => boolean): Script => {
    let responses = 4;
    for (let second = 1; second <= seconds; second++) {
      if (isAnswered(second)) responses++;
      script
        .wait(1000)
        .stats({ pair: { ...WORKS, requestsSent: 4 + second, responsesReceived: responses }, transport: UP });
    }
    return script;
  };

  it('that is over is no loss of packets', () => {
    expect(told(asking(direct().connected(), 40, (second) => second < 10 || second > 18))).toEqual([]);
  });
  it('at the end is a path that was lost, also before the browser says so', () => {
    expect(told(asking(direct().connected(), 40, (second) => second < 30))).toEqual(['path-lost']);
  });
  it('is none where answers are missing here and there: packets are lost', () => {
    expect(told(asking(direct().connected(), 40, (second) => second % 4 !== 0))).toEqual(['packet-loss']);
  });
});

describe('DTLS', () => {
  it('that BUNDLE closed before the connection stood is no hanging up', () => {
    const script = direct().add(':dtls.state', 'closed').connected();
    expect(diagnose(script.events, 'A').causes).toEqual([]);
    const two = direct()
      .connected()
      .stats({ pair: WORKS, transport: UP, more: { U: { type: 'transport', dtlsState: 'closed' } } });
    expect(diagnose(two.events, 'A').causes).toEqual([]);
  });

  it('failed where the connection failed and ICE goes on standing, without a statistic', () => {
    const script = direct().ice('checking').ice('connected').connection('connected').connection('failed');
    expect(told(script)).toEqual(['dtls-failed']);
  });

  it('that is sent one way over a pair that nobody nominated has no trouble with its size', () => {
    const stuck = (nominated: boolean) =>
      direct()
        .ice('checking')
        .connection('connecting')
        .ice('connected')
        .wait(9000)
        .stats({
          pair: { ...WORKS, nominated },
          transport: { dtlsState: 'connecting', iceRole: 'controlled', bytesSent: 7200, bytesReceived: 0 },
        });
    expect(told(stuck(true))).toEqual(['dtls-mtu']);
    expect(told(stuck(false))).toEqual(['dtls-failed']);
  });
});

it('two that think to have the same role have no conflict before a check arrives', () => {
  const ends = (requestsReceived: number) => {
    const pair = { requestsSent: 118, requestsReceived };
    const script = direct().unanswered({ pair });
    script
      .other()
      .create()
      .remote('offer', { ufrag: 'aaaa' })
      .local('answer', { ufrag: 'bbbb' })
      .gathers(...theirs)
      .unanswered({ pair });
    return diagnose(script.events, 'A', { other: 'B' }).causes.map(({ cause }) => cause);
  };
  expect(ends(9)).toContain('ice-role');
  expect(ends(0)).not.toContain('ice-role');
});

describe('candidates', () => {
  it('with port 0 are found in a description too, with their line', () => {
    const script = new Script()
      .create()
      .agreed(
        {},
        { media: ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:0\na=' + srflx(THEIRS, 0)] },
      )
      .gathers(...ours)
      .complete()
      .wait(6000)
      .add('onnegotiationneeded', null);
    const [first] = diagnose(script.events, 'A').causes;
    expect(first).toMatchObject({ cause: 'candidate-malformed', confidence: 'certain' });
    expect(first!.evidence[0]!.line).toBe(7);
  });

  it('refused before any description are too early, in whatever words', () => {
    for (const why of ['InvalidStateError: nope', 'The remote description was null', 'OperationError: ?'])
      expect(
        told(
          new Script()
            .create()
            .refusedCandidate(srflx(THEIRS), why)
            .remote('offer')
            .local('answer')
            .gathers(...ours)
            .complete()
            .wait(6000)
            .stats(),
        ),
      ).toEqual(['candidates-before-description']);
  });

  it('show a NAT that maps by destination also where each server has a foundation of its own', () => {
    const mapped = (port: number, foundation: string): string =>
      srflx(MINE, port).replace(/^candidate:\S+/, `candidate:${foundation}`);
    const call = (...hosts: readonly string[]) =>
      new Script()
        .create([STUN, { urls: ['stun:two.example.org'] }])
        .agreed()
        .gathers(...hosts, mapped(41_000, '1'), mapped(42_000, '2'))
        .complete()
        .given(...theirs)
        .unanswered();
    expect(told(call(host(HIDDEN)))).toEqual(['nat-no-relay']);
    expect(told(call(host(HIDDEN), host('10.1.1.1', 50_001)))).toEqual(['checks-unanswered']);
  });

  it('of a server with a public address need no ICE server', () => {
    const script = new Script()
      .create([])
      .agreed({}, { more: ['a=ice-lite'] })
      .gathers(host(HIDDEN))
      .complete()
      .given(host(THEIRS, 40_001))
      .unanswered({ remote: { candidateType: 'host', address: THEIRS, port: 40_001 } });
    expect(told(script)).toEqual(['server-ports-blocked']);
  });

  it('are none where no section is in use, and no policy forbids them', () => {
    const script = new Script()
      .create()
      .local('offer', { media: ['m=video 0 UDP/TLS/RTP/SAVPF 96\na=mid:0'] })
      .gathers()
      .complete();
    expect(told(script)).not.toContain('blocked-by-browser-policy');
  });

  it('with a new port after a restart are of the restart, and of no NAT that forgot', () => {
    const restarted = (ufrag: string) =>
      direct()
        .connected()
        .wait(6000)
        .local('offer', { ufrag })
        .remote('answer')
        .stats({
          pair: WORKS,
          transport: UP,
          more: {
            N: {
              type: 'remote-candidate',
              candidateType: 'prflx',
              address: THEIRS,
              port: 51_999,
              protocol: 'udp',
            },
          },
        });
    const names = (script: Script) => diagnose(script.events, 'A').causes.map(({ cause }) => cause);
    expect(names(restarted('aaaa'))).toContain('nat-rebinding');
    expect(names(restarted('newu'))).not.toContain('nat-rebinding');
  });
});

it('where no statistics were recorded, that ICE was checking says that checks went out', () => {
  const without = (script: Script): Script['events'] =>
    script.events.filter(({ type }) => type !== 'getStats');
  const first = (script: Script) => diagnose(without(script), 'A').causes[0]?.cause;
  expect(first(direct().unanswered())).toBe('checks-unanswered');
  const hairpin = direct()
    .given(srflx(MINE, 51_000))
    .unanswered({ remote: { candidateType: 'srflx', address: MINE, port: 51_000 } });
  expect(first(hairpin)).toBe('nat-hairpin');
  expect(diagnose(without(direct().connected()), 'A').causes).toEqual([]);
});
