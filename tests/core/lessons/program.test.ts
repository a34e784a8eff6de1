/** The calls of a learner, as a program: what it holds, and in which order. */
import { describe, expect, it } from 'vitest';
import { codeOf, isWhole, lineOf, programOf } from '../../../src/core/lessons/program.ts';
import { Projector } from '../../../src/core/projections/index.ts';
import type { NewEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

const TYPED = { type: 'offer', sdp: 'v=0' };
const sends = (peer: string, kind: 'offer' | 'answer') => ({
  peer,
  type: ':signal.sent' as const,
  value: { kind, channel: 'in-page', bytes: 3, payload: TYPED, to: peer === 'A' ? 'B' : 'A' },
});

/** `A createOffer`, `B createAnswer!` for one that was refused, `A send`. */
function factsOf(...steps: readonly string[]) {
  const log = new SessionLog();
  let at = 0;
  const add = (event: object): void => log.append({ at: at++, ...event } as NewEvent);
  for (const step of steps) {
    const [peer, name] = step.replace('!', '').split(' ') as [string, string];
    if (name === 'send') add(sends(peer, peer === 'A' ? 'offer' : 'answer'));
    else {
      add({
        peer,
        type: name,
        value: name === 'createDataChannel' ? { label: 'x' } : TYPED,
        correlation: String(at),
      });
      if (name !== 'createDataChannel')
        add({
          peer,
          type: `${name}On${step.endsWith('!') ? 'Failure' : 'Success'}`,
          value: step.endsWith('!') ? 'InvalidStateError: no' : name === 'addIceCandidate' ? null : TYPED,
          correlation: String(at - 1),
        });
    }
  }
  return new Projector(log).at(log.events.length);
}

const WHOLE = [
  'A createDataChannel',
  'A createOffer',
  'A setLocalDescription',
  'A send',
  'B setRemoteDescription',
  'B createAnswer',
  'B setLocalDescription',
  'B send',
  'A setRemoteDescription',
  'B addIceCandidate',
  'A addIceCandidate',
];

describe('the program of a session', () => {
  it('has every call, about twenty lines, in the learner’s order where it is free', () => {
    const program = programOf(factsOf(...WHOLE));
    expect(isWhole(program)).toBe(true);
    expect(program.length).toBeLessThanOrEqual(22);
    const notes = program.filter((line) => line.includes('addIceCandidate'));
    expect(notes.map((line) => /await (.)\.add/.exec(line)?.[1])).toEqual(['b', 'a']);
  });

  it('leaves out what was refused, and is not whole before the end', () => {
    const program = programOf(factsOf('B createAnswer!', 'A createDataChannel', 'A createOffer'));
    expect(program.join('\n')).not.toContain('createAnswer');
    expect(program.at(-1)).toBe(codeOf('A', 'createOffer'));
    expect(isWhole(program)).toBe(false);
    expect(programOf(factsOf())).toEqual([]);
  });

  it('puts a call that was made too early where it works', () => {
    const early = ['A createOffer', 'A setLocalDescription', ...WHOLE];
    expect(programOf(factsOf(...early))).toEqual(programOf(factsOf(...WHOLE)));
    const late = [...WHOLE.slice(0, 4), 'A setLocalDescription', ...WHOLE.slice(4)];
    expect(new Set(programOf(factsOf(...late)))).toEqual(new Set(programOf(factsOf(...WHOLE))));
  });
});

describe('the line of a call that may come in any order', () => {
  it.each([
    [factsOf('B createDataChannel'), "const channel = b.createDataChannel('x');"],
    [factsOf('B setLocalDescription'), 'await b.setLocalDescription();'],
    [factsOf('A setRemoteDescription'), 'await a.setRemoteDescription(theirOffer);'],
  ])('%#', (facts, line) => expect(lineOf(facts.calls.last!)).toBe(line));

  it('says that an offer is taken back', () => {
    const call = { ...factsOf('B setLocalDescription').calls.last!, detail: 'rollback' };
    expect(lineOf(call)).toBe("await b.setLocalDescription({ type: 'rollback' });");
  });
});
