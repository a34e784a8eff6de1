/** The lanes from top to bottom, with their measures: with two rows (A above, B below), and with one. */
export type LaneId = 'signalling' | 'calls' | 'gathering' | 'checks' | 'dtls' | 'data';

export interface LaneSpec {
  readonly id: LaneId;
  readonly title: string;
  /** What will happen here, while nothing has. */
  readonly hint: string;
  readonly height: number;
  readonly single: number;
  readonly ground: boolean;
}

export const LANES: readonly LaneSpec[] = [
  lane('signalling', 'signalling', 'letters between the two', 28, 26, true),
  lane('calls', 'API calls', 'what the page asks of the browser', 34, 24, false),
  lane('gathering', 'gathering', 'each collects addresses where it may be reached', 26, 24, true),
  lane('checks', 'checks', 'the ways are tried, best first', 30, 24, false),
  lane('dtls', 'DTLS', 'the two agree on keys', 22, 20, true),
  lane('data', 'data', 'your bytes', 22, 20, false),
];

function lane(
  id: LaneId,
  title: string,
  hint: string,
  height: number,
  single: number,
  ground: boolean,
): LaneSpec {
  return { id, title, hint, height, single, ground };
}

export const AXIS = 22;
export const FOOT = 8;

/**
 * `few` is for a tablet, where the rest would not fit; `lesson` beside the words of one; `letters` while only these are looked at; `ways` while two are
 * not connected yet, and the room is better used.
 */
export type LaneChoice = 'all' | 'few' | 'lesson' | 'letters' | 'ways';

const CHOSEN: Readonly<Record<LaneChoice, readonly LaneId[]>> = {
  all: LANES.map(({ id }) => id),
  few: ['signalling', 'checks'],
  lesson: ['signalling', 'checks', 'data'],
  letters: ['signalling', 'calls'],
  ways: ['signalling', 'calls', 'gathering', 'checks'],
};
/** Of the letters' lane when it is what matters. */
const TALL = 34;

export const chosenLanes = (choice: LaneChoice): readonly LaneSpec[] =>
  LANES.filter(({ id }) => CHOSEN[choice].includes(id)).map((spec) =>
    choice === 'letters' && spec.id === 'signalling' ? { ...spec, height: TALL } : spec,
  );

export interface PlacedLane extends LaneSpec {
  readonly top: number;
  readonly tall: number;
}

export function placeLanes(choice: LaneChoice, rows: number): readonly PlacedLane[] {
  let top = AXIS;
  return chosenLanes(choice).map((spec) => {
    const tall = rows === 1 ? spec.single : spec.height;
    const placed = { ...spec, top, tall };
    top += tall;
    return placed;
  });
}

/** Pixels from the axis to the foot: 192 with all lanes and two rows. */
export const timelineHeight = (choice: LaneChoice = 'all', rows = 2): number =>
  placeLanes(choice, rows).reduce((sum, { tall }) => sum + tall, AXIS + FOOT);

/** Middles of the rows within a lane; API calls stand on their own, 16 px apart. */
export function rowsOf({ id, top, tall }: PlacedLane, rows: number): readonly number[] {
  if (rows === 1) return [top + tall / 2];
  if (id === 'calls') return [top + 9, top + 25];
  if (id === 'gathering') return [top + 7, top + 19.5];
  return [top + tall * 0.27, top + tall * 0.75];
}

/** By the width of the page: what is not wide is seldom tall. */
export const lanesFor = (width: number, wanted: LaneChoice = 'all'): LaneChoice =>
  width < 1024 && wanted !== 'letters' ? 'few' : wanted;
