/** As growth.test.ts, of what opens recordings: read, saved again, every fact of it, where things lie, and why it failed. */
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/core/diagnosis/index.ts';
import { type Imported, importText } from '../../../src/core/importers/index.ts';
import { NO_FACTS, Projector, reduceAll } from '../../../src/core/projections/index.ts';
import { natsOf } from '../../../src/core/projections/nats.ts';
import { writeSession } from '../../../src/core/session/codec.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import { peerPairings } from '../../../src/core/session/peer-pairing.ts';
import { growth } from './measure.ts';
import { DUMPS, SESSIONS } from './session-families.ts';

function opened(text: string): Imported {
  const imported = importText(text);
  if (!imported.ok) throw new Error(imported.error.message);
  return imported.value;
}

const convert = (text: string): string => writeSession(opened(text).events);

function diagnoseAll(text: string): void {
  const { events, connections } = opened(text);
  const facts = reduceAll(NO_FACTS, events);
  for (const peer of connections) diagnose(events, peer, { facts });
}

/** What the page does: in portions, with checkpoints, and then it looks here and there. */
function show(text: string): void {
  const { events } = opened(text);
  const log = new SessionLog();
  for (const event of events) log.append(event);
  const projector = new Projector(log);
  for (let index = 0; index <= events.length; index += 64) projector.prepare(index);
  for (const part of [1, 0.5, 0.9]) natsOf(projector.at(Math.floor(part * events.length)));
  peerPairings(log.events);
}

/** A seventh of each in the run; `ICESCOPE_GROWTH=all` measures each. */
const drawn = <T>(families: readonly T[], from: number): readonly T[] =>
  process.env['ICESCOPE_GROWTH'] === 'all' ? families : families.filter((_, index) => index % 7 === from);

describe.each([
  { name: 'convert', families: drawn([...DUMPS, ...SESSIONS], 0), run: convert },
  { name: 'diagnose', families: drawn([...SESSIONS, ...DUMPS], 3), run: diagnoseAll },
  { name: 'show', families: drawn([...SESSIONS, ...DUMPS], 5), run: show },
])('$name', ({ families, run }) => {
  test.each(families)(
    'of $name: four times as much takes less than six times as long',
    ({ make }) => {
      expect(growth(make, run)).toBeLessThan(6);
    },
    300_000,
  );
});
