/**
 * What must have come before is told before, in every recording: a browser tells of its pairs when it is asked, and that
 * is later than it happened.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelOf } from '../../../src/app/diagrams/paths/model.ts';
import { checkWindow } from '../../../src/core/projections/check-window.ts';
import type { Facts } from '../../../src/core/projections/index.ts';
import type { PeerPairs } from '../../../src/core/projections/pairs.ts';
import type { PeerStates } from '../../../src/core/projections/states.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { FIXTURES, type Fixture, RECORDINGS, openFixture, viewAt } from '../../support/sessions.ts';

const lessons = join(import.meta.dirname, '../../../lessons');
const OF_LESSONS: readonly Fixture[] = readdirSync(lessons, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .map((file) => openFixture(file, readFileSync(join(lessons, file), 'utf8')));

const first = (machine: PeerStates[keyof PeerStates], ...states: readonly string[]): number | null =>
  machine.history.find(({ state }) => states.includes(state))?.at ?? null;

/** Of each recorded peer: its states, and when its first way was in use at the latest. */
const peersOf = ({ states, pairs }: Facts) =>
  Object.entries(states).map(([id, machines]) => ({ id, machines, told: pairs[id] }));

/** Of several nominated before the first reading nobody can know which was in use first; nor where a reading named none. */
const isUnsure = (
  events: readonly SessionEvent[],
  peer: string,
  told: PeerPairs,
  works: number | null,
): boolean => {
  const [used] = told.selections;
  if (!used || used.candidates) return false;
  const isSilent = ({ type, peer: by, at }: SessionEvent): boolean =>
    type === 'getStats' && by === peer && works !== null && at >= works && at < used.until;
  return told.pairs.filter((pair) => pair.nominatedAt !== null).length > 1 || events.some(isSilent);
};

describe.each([...FIXTURES, ...RECORDINGS, ...OF_LESSONS].map((one) => [one.name, one] as const))(
  '%s',
  (_name, fixture) => {
    const { whole, log } = fixture;

    it('has a pair in use before ICE is connected, and before keys', () => {
      for (const { id, machines, told } of peersOf(whole)) {
        const used = told?.selections[0];
        if (!used) continue;
        const works = first(machines.ice, 'connected', 'completed');
        const keys = first(machines.dtls, 'connecting', 'connected');
        expect(used.after).toBeLessThanOrEqual(used.until);
        if (isUnsure(log.events, id, told, works)) continue;
        if (works !== null) expect(used.until).toBeLessThanOrEqual(works);
        if (keys !== null) expect(used.until).toBeLessThanOrEqual(keys);
      }
    });

    it('has keys before it is connected', () => {
      for (const { machines } of peersOf(whole)) {
        const keys = first(machines.dtls, 'connected');
        const connected = first(machines.connection, 'connected');
        if (keys !== null && connected !== null) expect(keys).toBeLessThanOrEqual(connected);
      }
    });

    it('counts checks before what came of them', () => {
      for (const { told } of peersOf(whole)) {
        for (const pair of told?.pairs ?? []) {
          const windows = pair.activity.map((activity) => checkWindow(whole, pair, activity, []));
          for (const { after, until } of windows) expect(after).toBeLessThan(until);
          const used = told!.selections.find(({ id }) => id === pair.id);
          const answered = windows[pair.activity.findIndex(({ responses }) => responses > 0)];
          if (used && answered && told!.selections.length === 1)
            expect(answered.until).toBeLessThanOrEqual(used.until);
        }
      }
    });

    it('sends before it receives', () => {
      const sent = [...whole.messages.toArray(), ...whole.data.messages.toArray()];
      for (const { sentAt, receivedAt } of sent)
        if (sentAt !== null && receivedAt !== null) expect(sentAt).toBeLessThanOrEqual(receivedAt);
    });

    it('draws a way from the moment that both are connected', () => {
      const isUp = (at: number): boolean =>
        peersOf(fixture.projector.at(at)).every(
          ({ machines }) => machines.connection.current === 'connected',
        );
      const up = log.events.findIndex((_, at) => at > 0 && isUp(at + 1));
      const isRead = peersOf(whole).every(
        ({ id, told, machines }) =>
          told &&
          told.selections.length > 0 &&
          !isUnsure(log.events, id, told, first(machines.ice, 'connected', 'completed')),
      );
      if (up >= 0 && peersOf(fixture.projector.at(up + 1)).length > 0 && isRead)
        expect(modelOf(viewAt(fixture, up + 1)).chosen).not.toBeNull();
    });
  },
);
