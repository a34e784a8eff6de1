/** What is lost is sent again: by STUN, DTLS and SCTP; and one that does not answer is given up when its profile says so. */
import { describe, expect, it } from 'vitest';
import { PROFILES, type ProfileId } from '../../../src/core/sim/ice/profile.ts';
import type { Scenario } from '../../../src/core/sim/scenario.ts';
import { scenarios } from '../../../src/core/sim/scenarios/index.ts';
import { Schedule } from '../../../src/core/sim/schedule.ts';
import { SecureEnd } from '../../../src/core/sim/secure.ts';
import { simulate } from '../../../src/core/sim/simulate.ts';
import type { SecureWire } from '../../../src/core/sim/wire.ts';

const PROFILE_IDS = Object.keys(PROFILES) as ProfileId[];

const withProfile = (id: string, profile: ProfileId, loss?: number): Scenario => {
  const scenario = scenarios.get(id)!;
  const { ends, link } = scenario;
  return {
    ...scenario,
    ends: { A: { ...ends.A, profile }, B: { ...ends.B, profile } },
    link: { ...link, loss: loss ?? link.loss },
  };
};

describe('the handshake, when any of its packets are lost', () => {
  /** Which packets arrive, by their number; both ends are asked what they came to after two minutes. */
  function handshake(arrives: (number: number) => boolean) {
    const schedule = new Schedule();
    const told: string[] = [];
    let count = 0;
    const end = (name: string, isClient: boolean, other: () => SecureEnd): SecureEnd =>
      new SecureEnd(
        schedule,
        { isClient, makesChannel: !isClient, firstTimer: 1000 },
        {
          send: (wire: SecureWire) => {
            if (arrives(count++)) schedule.after(40, () => other().receive(wire));
          },
          dtls: () => undefined,
          opened: () => {
            told.push(`${name} open`);
            (name === 'server' ? server : client).say(`from ${name}`);
          },
          message: (text) => told.push(`${name} heard ${text}`),
        },
      );
    const client: SecureEnd = end('client', true, () => server);
    const server: SecureEnd = end('server', false, () => client);
    client.begin();
    schedule.runUntil(120_000);
    return { told: told.toSorted(), isConnected: client.isConnected && server.isConnected };
  }
  const WHOLE = {
    told: ['client heard from server', 'client open', 'server heard from client', 'server open'],
    isConnected: true,
  };

  it('ends well with each pair of its first twenty lost', () => {
    for (let one = 0; one < 20; one++)
      for (let two = one; two < 20; two++)
        expect(
          handshake((number) => number !== one && number !== two),
          `${one} and ${two}`,
        ).toEqual(WHOLE);
  });

  it('ends well with three in a row lost, wherever', () => {
    for (let first = 0; first < 20; first++)
      expect(handshake((number) => number < first || number > first + 2)).toEqual(WHOLE);
  });
});

describe.each(PROFILE_IDS)('%s', (profile) => {
  it.each([0.05, 0.125, 0.2])('connects with a loss of %d', (loss) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { outcome } = simulate(withProfile('high-loss', profile, loss), { seed, detail: 'nothing' });
      expect(outcome, `seed ${seed}`).toMatchObject({ connected: true, isLost: false });
    }
  });

  it('is disconnected, and fails, so long after the last answer as its profile says', () => {
    const { consent } = PROFILES[profile];
    for (let seed = 1; seed <= 5; seed++) {
      const { events } = simulate(withProfile('no-restart', profile), { seed });
      const ofA = events.filter(({ peer }) => peer === 'A');
      const said = (state: string): number =>
        ofA.findLast(({ type, value }) => type === 'oniceconnectionstatechange' && value === state)?.at ??
        NaN;
      const answer = ofA.findLast(
        (event) =>
          event.type === ':packet' &&
          event.value.direction === 'received' &&
          event.value.seenAt === 'host' &&
          event.value.bytes.startsWith('AQE'),
      )!;
      const since = Math.max(answer.at, ofA.find(({ value }) => value === 'connected')!.at);
      // The answer may have been for another pair, a round trip before this one was chosen.
      expect(said('failed') - since).toBeGreaterThan(consent.expires - 1);
      expect(said('failed') - since).toBeLessThan(consent.expires + 250);
      const silence = said('disconnected') - since;
      const latest = consent.every * (1 + consent.spread) * consent.unanswered + consent.answerWithin;
      expect(silence).toBeGreaterThanOrEqual(consent.silence);
      expect(silence).toBeLessThan(Math.max(latest, consent.every + consent.silence + consent.again) + 100);
    }
  });
});
