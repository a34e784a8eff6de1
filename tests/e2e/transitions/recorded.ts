/** What a run recorded, in the words of the rows. */
import { MACHINES, type Machine, type MachineId, machine } from '../../../src/core/projections/machines.ts';
import { type PeerStates, states } from '../../../src/core/projections/states.ts';
import { type SessionEvent, readFailure } from '../../../src/core/session/event.ts';
import type { LabReport } from '../../support/lab.ts';
import { openFixture } from '../../support/sessions.ts';

export type RecordedFacts = Readonly<Record<string, string>>;

/** A recording after it was saved and opened again. */
export class Recording {
  readonly facts: RecordedFacts;
  /** States passed, by peer and machine, as the page's own listeners saw them: `A ice`. close() fires no event. */
  readonly seen: RecordedFacts;
  /** The same as recorded, without the step that close() makes. */
  readonly told: RecordedFacts;
  /** Steps that the tables of the machines do not have. */
  readonly unknownSteps: readonly string[];

  constructor({ session, seen, notes }: LabReport) {
    const { events } = openFixture('a recording', session).log;
    const peers = Object.entries(events.reduce(states.reduce, states.initial));
    const facts = peers.map(([peer, all]) => ({
      ...pathsOf(peer, all),
      ...outcomesOf(
        peer,
        events.filter((event) => event.peer === peer),
      ),
    }));
    this.facts = Object.assign({}, notes, ...facts);
    this.seen = seenFacts(seen);
    this.told = Object.fromEntries(
      Object.keys(this.seen).map((name) => [name, withoutClose(this.facts[name] ?? '')]),
    );
    this.unknownSteps = peers.flatMap(([, all]) => unknownSteps(all));
  }
}

const pathsOf = (peer: string, all: PeerStates): RecordedFacts =>
  Object.fromEntries(MACHINES.map(({ id }) => [`${peer} ${id}`, pathOf(all, id).join(' > ')]));

const pathOf = (all: PeerStates, id: MachineId): readonly string[] =>
  all[id].history.map(({ state }) => state);

function outcomesOf(peer: string, own: readonly SessionEvent[]): RecordedFacts {
  const closed = own.findIndex(({ type }) => type === 'close');
  const after = closed < 0 ? [] : own.slice(closed + 1);
  return {
    [`${peer} refused`]: own.flatMap(refusal).join(', '),
    [`${peer} told after close`]: after.map(({ type }) => type).join(', '),
  };
}

function refusal({ type, value }: SessionEvent): string[] {
  if (!type.endsWith('OnFailure')) return [];
  return [`${type.replace('OnFailure', '')} ${readFailure(String(value)).name}`];
}

const seenFacts = (seen: LabReport['seen']): RecordedFacts =>
  Object.fromEntries(
    Object.entries(seen).flatMap(([peer, machines]) =>
      Object.entries(machines).map(([id, passed]) => [
        `${peer} ${id}`,
        pathFrom(machine(id as MachineId), passed),
      ]),
    ),
  );

const pathFrom = ({ initial }: Machine, passed: readonly string[]): string =>
  [initial, ...passed].filter((state, index, all) => state !== all[index - 1]).join(' > ');

const withoutClose = (path: string): string => path.replace(/ > closed$/, '');

/** `connection new > failed` */
export function unknownSteps(all: PeerStates): readonly string[] {
  return MACHINES.flatMap((one) => {
    const passed = pathOf(all, one.id);
    const steps = passed.slice(1).map((to, index) => ({ from: passed[index]!, to }));
    return steps.filter((step) => !hasStep(one, step)).map(({ from, to }) => `${one.id} ${from} > ${to}`);
  });
}

const hasStep = ({ transitions }: Machine, step: { readonly from: string; readonly to: string }): boolean =>
  transitions.some(({ from, to }) => from === step.from && to === step.to);
