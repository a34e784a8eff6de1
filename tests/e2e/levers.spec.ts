/** Each lever on offers, answers and candidates of a real loopback: the connection ends as the specification says. */
import type { Lever, LetterKind } from '../../src/core/signalling/levers.ts';
import { expect, test } from './live.ts';

interface Case {
  readonly lever: string;
  readonly change: Partial<Lever>;
  readonly kind: LetterKind;
  readonly connects: boolean;
  /** signalingState of A and of B at the end. */
  readonly states: readonly [string, string];
  /** What the panel says of it; null where there is nothing to say. */
  readonly says: RegExp | null;
  readonly why: string;
}

const OPEN = ['stable', 'stable'] as const;

const CASES: readonly Case[] = [
  ...(['offer', 'answer', 'candidate'] as const).map((kind): Case => ({
    lever: 'delay',
    change: { delay: 250 },
    kind,
    connects: true,
    states: OPEN,
    says: null,
    why: 'Offer and answer have no time limit (RFC 9429, section 3.2), and what comes after them waits behind them.',
  })),
  {
    lever: 'drop',
    change: { drop: 1 },
    kind: 'offer',
    connects: false,
    states: ['have-local-offer', 'stable'],
    says: /offer of A is lost/,
    why: 'Nothing in WebRTC sends an offer again (RFC 9429, section 3.2).',
  },
  {
    lever: 'drop',
    change: { drop: 1 },
    kind: 'answer',
    connects: false,
    states: ['have-local-offer', 'stable'],
    says: /B has answered, but A never learns it/,
    why: 'A has no credentials of B and forms no checklist (RFC 8445, section 6.1.2).',
  },
  {
    lever: 'drop',
    change: { drop: 1 },
    kind: 'candidate',
    connects: false,
    states: OPEN,
    says: /Neither side knows a way/,
    why: 'Without a remote candidate on either side there is no pair (RFC 8445, section 6.1.2.2).',
  },
  {
    lever: 'duplicate',
    change: { duplicate: 1 },
    kind: 'offer',
    connects: true,
    states: OPEN,
    says: /B has the same offer twice/,
    why: 'In stable the second one is a new offer, answered as any (RFC 3264, section 8).',
  },
  {
    lever: 'duplicate',
    change: { duplicate: 1 },
    kind: 'answer',
    connects: true,
    states: OPEN,
    says: /A has the same answer twice/,
    why: 'An answer in stable is refused, and changes nothing (W3C WebRTC, section 4.4.1.5).',
  },
  {
    lever: 'duplicate',
    change: { duplicate: 1 },
    kind: 'candidate',
    connects: true,
    states: OPEN,
    says: /came twice/,
    why: 'The same candidate makes no new pair (RFC 8838, section 12).',
  },
  ...(['offer', 'answer', 'candidate'] as const).map((kind): Case => ({
    lever: 'reorder',
    change: { reorder: true },
    kind,
    connects: true,
    states: OPEN,
    says: kind === 'candidate' ? null : /overtook the (offer|answer)/,
    why: 'What comes too early is refused (W3C WebRTC, section 4.4.2), but the other side’s candidates are enough.',
  })),
  {
    lever: 'hold',
    change: { hold: true },
    kind: 'offer',
    connects: false,
    states: ['have-local-offer', 'stable'],
    says: /offer of A is in the channel/,
    why: 'B can not answer what it does not have.',
  },
  {
    lever: 'hold',
    change: { hold: true },
    kind: 'answer',
    connects: false,
    states: ['have-local-offer', 'stable'],
    says: /A does not know it yet/,
    why: 'A waits in have-local-offer; no clock runs out there (RFC 9429, section 3.2).',
  },
  {
    lever: 'hold',
    change: { hold: true },
    kind: 'candidate',
    connects: false,
    states: OPEN,
    says: null,
    why: 'Trickle ICE waits for candidates that may still come (RFC 8838, section 8).',
  },
];

interface Outcome {
  readonly open: boolean;
  readonly states: readonly string[];
  readonly claims: readonly string[];
  /** After what was held has been let go. */
  readonly openAfter: boolean;
}

test('each lever × offer, answer, candidate ends as it must, and says why', async ({ live }, { project }) => {
  const outcomes = await live.evaluate(async (cases) => {
    const { Levers, SessionLog, DEFAULTS, createLoopback, recordingClock, sideOf, settingsOf, claimsOf } =
      window.icescopeLive;
    const run = async ({ change, kind }: (typeof cases)[number]): Promise<Outcome> => {
      const log = new SessionLog();
      const origin = performance.now();
      const now = recordingClock(() => performance.now() - origin);
      const emit = (event: Parameters<InstanceType<typeof SessionLog>['append']>[0]) =>
        void log.append(event);
      const pulls = [{ directions: ['A to B', 'B to A'], kinds: [kind], change }] as const;
      const levers = new Levers(settingsOf({ id: '', title: '', pulls }));
      const loopback = createLoopback(DEFAULTS, emit, now, (channel, self) =>
        levers.on(channel, sideOf(self, emit, now)),
      );
      const opened = loopback.connect().then(
        () => true,
        () => false,
      );
      const within = (time: number) =>
        Promise.race([opened, new Promise<boolean>((done) => setTimeout(() => done(false), time))]);
      const open = await within(3500);
      await new Promise((done) => setTimeout(done, 600));
      const states = [loopback.a.pc.signalingState, loopback.b.pc.signalingState];
      const claims = claimsOf(log);
      levers.settings = settingsOf({ id: '', title: '', pulls: [] });
      levers.letAllGo();
      const openAfter = open || (await within(3500));
      loopback.close();
      return { open, states, claims, openAfter };
    };
    return Promise.all(cases.map(run));
  }, CASES);

  for (const [at, wanted] of CASES.entries()) {
    const { open, states, claims, openAfter } = outcomes[at]!;
    const name = `${wanted.lever} × ${wanted.kind}: ${wanted.why}`;
    expect(open, name).toBe(wanted.connects);
    expect(states, name).toEqual(wanted.states);
    if (wanted.says) expect(claims.join('\n'), name).toMatch(wanted.says);
    // What was only held connects once it is let go; what was lost does not come back by itself. Firefox 140 answers no
    // check before it has the answer (RFC 8445, section 7.3, says it must), so B has given up by the time it is let go.
    const isTooLate = project.name === 'firefox' && wanted.kind === 'answer';
    expect(openAfter, `${name}, let go`).toBe(wanted.connects || (wanted.lever === 'hold' && !isTooLate));
  }
});
