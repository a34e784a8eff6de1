import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CHOICES,
  LIMITS,
  readChoices,
  readNat,
  scenarioOf,
  writeChoices,
} from '../../../src/core/sim/choices.ts';
import { DEPENDENCE_WORDS, natPresets, oldNameOf } from '../../../src/core/sim/nat-presets.ts';
import { simulate } from '../../../src/core/sim/simulate.ts';
import { random } from '../../support/random.ts';

const draw = random(17);
const nats = ['none', ...natPresets.all.map(({ id }) => id), 'ei/ad', 'ad/apd', 'apd/ei'];

describe('choices', () => {
  it('come back from what they are written as', () => {
    for (let round = 0; round < 300; round++) {
      const choices = {
        natA: draw.of(nats),
        natB: draw.of(nats),
        stun: draw.below(2) === 0,
        turn: draw.below(2) === 0,
        turnTcp: draw.below(2) === 0,
        firewall: draw.of(['none', 'no-udp', 'only-443'] as const),
        delay: draw.below(LIMITS.delay),
        loss: draw.below(LIMITS.loss),
        seed: draw.below(LIMITS.seed),
      };
      expect(readChoices(writeChoices(choices))).toEqual({ ok: true, value: choices });
    }
  });

  it.each([
    'natA=x/y',
    'delay=1e9',
    'delay=-1',
    'loss=61',
    'seed=1.5',
    'firewall=constructor',
    'toString=1',
    'servers=x',
  ])('do not take %s', (text) => expect(readChoices(text).ok).toBe(false));

  it('can be played, whatever they are', () => {
    for (const natA of nats)
      for (const natB of nats) {
        const { outcome } = simulate(scenarioOf({ ...DEFAULT_CHOICES, natA, natB, turn: true }), {
          seed: 5,
          detail: 'nothing',
        });
        expect([natA, natB, outcome.connected]).toEqual([natA, natB, true]);
      }
  });
});

describe('names of NATs', () => {
  it('are those of RFC 3489 for its four kinds, and none for others', () => {
    const named = (['ei', 'ad', 'apd'] as const).flatMap((mapping) =>
      (['ei', 'ad', 'apd'] as const).flatMap((filtering) => oldNameOf({ mapping, filtering }) ?? []),
    );
    expect(named).toEqual(['full cone', 'restricted cone', 'port-restricted cone', 'symmetric']);
  });

  it('say where they are from', () => {
    for (const { source, nat } of natPresets.all) {
      expect(source).toMatch(/RFC \d|nftables|pion|set by hand/);
      expect(Object.keys(DEPENDENCE_WORDS)).toContain(nat.mapping);
    }
    expect(readNat('symmetric')).toEqual(natPresets.get('symmetric')!.nat);
  });
});
