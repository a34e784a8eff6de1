/** One press of Step forward is one visible change, over every recorded session and every picture. */
import { describe, expect, it } from 'vitest';
import { DIAGRAMS } from '../../../src/app/diagrams/index.ts';
import {
  type Cursor,
  START,
  nextChange,
  nextMoment,
  previousChange,
} from '../../../src/core/session/playback.ts';
import { FIXTURES, RECORDINGS, viewAt } from '../../support/sessions.ts';

const diagrams = await Promise.all(DIAGRAMS.all.map(({ load }) => load()));

describe.each([...FIXTURES, ...RECORDINGS])('$name', (fixture) => {
  const { events } = fixture.log;
  it.each(diagrams)(
    '$id: each press changes what is said, and back leads over the same places',
    ({ caption }) => {
      const words = ({ index }: Cursor) => JSON.stringify(caption(viewAt(fixture, index)).text);
      const stops: Cursor[] = [START];
      for (;;) {
        const here = stops.at(-1)!;
        const next = nextChange(events, here, words);
        if (next.index === here.index) break;
        stops.push(next);
      }
      expect(nextMoment(events, stops.at(-1)!).index, 'it comes to the end').toBe(stops.at(-1)!.index);
      const said = stops.map(words);
      expect(said.slice(1, -1).filter((one, place) => one === said[place])).toEqual([]);

      const back = [stops.at(-1)!];
      while (back.at(-1)!.index > 0) back.push(previousChange(events, back.at(-1)!, words));
      // The last press may stand at the end without a change, which nothing leads back to.
      const changes = stops.filter((_, place) => place === 0 || said[place] !== said[place - 1]);
      expect(
        back
          .toReversed()
          .map(({ index }) => index)
          .filter((index) => index <= changes.at(-1)!.index),
      ).toEqual(changes.map(({ index }) => index));
    },
  );
});
