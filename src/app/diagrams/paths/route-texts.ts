/** Words on ways: what travels there, which way was chosen, which one died. */
import type { Facts } from '../../../core/projections/index.ts';
import { encryptedSince } from '../../../core/projections/path.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Label } from '../parts/labels.ts';
import type { Pill, Sheet } from './traffic.ts';
import type { Form, Frame } from './frame.ts';
import { type Group, longestLevel, RANK, spotAt } from './geometry.ts';
import type { PathsModel } from './model.ts';
import { type Track, crossOf, isUnheard } from './strokes.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { ms } from './words.ts';

const NAMED = 3;

/** A name for people and one for machines; at most three sheets are named, for more would name nothing. */
export function sheetGroups(sheets: readonly Sheet[], ends: PathsModel['ends'], form: Form): Group[] {
  const unique = new Map(
    sheets.map((sheet) => [sheet.names?.[0] ?? `${sheet.role}${sheet.side}${sheet.kind}`, sheet]),
  );
  return [...unique.values()].slice(0, NAMED).map((sheet, index) => ({
    rank: RANK.packet - index,
    slots: [sheetLabels(sheet, ends, 'above', form), sheetLabels(sheet, ends, 'below', form)],
  }));
}

/** An upright sheet reaches further up and down. */
const reachOf = ({ angle }: Sheet): number => (Math.abs(Math.sin((angle * Math.PI) / 180)) > 0.5 ? 6 : 0);

function sheetLabels(sheet: Sheet, ends: PathsModel['ends'], where: 'above' | 'below', form: Form): Label[] {
  const { x, y } = sheet;
  const reach = reachOf(sheet);
  const [first, second] =
    where === 'below' ? [y + 30 + reach, y + 46 + reach] : [y - 34 - reach, y - 18 - reach];
  const at = { x, anchor: 'middle', halo: 'paper' } as const;
  const human = { ...at, size: 14, bold: true, text: sheet.names?.[0] ?? humanName(sheet, ends) } as const;
  if (form === 'phone') return [{ ...human, y: where === 'below' ? first : second }];
  return [
    { ...human, y: first },
    { ...at, y: second, size: 12, mono: true, tone: 'ink-2', text: sheet.names?.[1] ?? machineName(sheet) },
  ];
}

function humanName({ role, side, relayed }: Sheet, ends: PathsModel['ends']): string {
  const [from, to] = [ends[side].label, ends[1 - side]!.label];
  if (role === 'answer') return `${from} answers`;
  return relayed ? `${from} asks through TURN` : `${from} asks ${to}`;
}

/** Method and class of the STUN message (RFC 8489, section 5). */
const machineName = ({ role, count }: Sheet): string =>
  `${role === 'answer' ? 'Binding success' : 'Binding request'}${count > 1 ? ` ×${count}` : ''}`;

export function pillGroups(pills: readonly Pill[], ends: PathsModel['ends']): Group[] {
  return pills.map(({ x, y, to }) => {
    const at = {
      x,
      anchor: 'middle',
      size: 12,
      tone: 'ink-2',
      halo: 'paper',
      text: `on its way to ${ends[to].label}`,
    } as const;
    return { rank: RANK.pill, slots: [[{ ...at, y: y + 36 }], [{ ...at, y: y - 24 }]] };
  });
}

/** Which kinds of candidates the chosen way joins, and since when it carries; where room is short, as getStats writes them. */
export function chosenGroups(view: View, tracks: readonly Track[], { form, walls }: Frame): Group[] {
  const track = tracks.find(({ standing }) => standing === 'chosen' || standing === 'broken');
  if (!track) return [];
  const [a, b] = track.way.ends;
  const level = longestLevel(track.corners);
  const details = detailsOf(view, track);
  const parts = level.right - level.left > 380 ? [0.3, 0.5, 0.7] : [0.5, 0.6, 0.4];
  const lowers = walls.some((box) => box !== null) ? BELOW_DOORS : BELOW;
  const titles = [`${TYPE_WORDS[a.type]} to ${TYPE_WORDS[b.type]}`, `${a.type} to ${b.type}`];
  return [
    {
      rank: RANK.chosen,
      slots: lowers.flatMap((lower) =>
        titles.flatMap((title) =>
          parts.map((part) => chosenLabels([title, ...details], level, part, form, lower)),
        ),
      ),
    },
  ];
}

/** How much lower its details may stand: first where what stands under the doors leaves room for all lines. */
const BELOW = [0, 38];
const BELOW_DOORS = [54, 38, 0];

type Level = ReturnType<typeof longestLevel>;

function chosenLabels(
  lines: readonly string[],
  { left, right, y }: Level,
  part: number,
  form: Form,
  lower: number,
): Label[] {
  const [title, ...details] = lines;
  const style = { x: Math.round(left + (right - left) * part), anchor: 'middle', halo: 'paper' } as const;
  const [first, leading] = form === 'phone' ? [25, 15] : [30, 16];
  return [
    { ...style, y: y - 20, size: 14, bold: true, text: title ?? '' },
    ...details.map((text, index): Label => ({
      ...style,
      y: y + first + lower + leading * index,
      size: 12,
      tone: 'ink-2',
      text,
    })),
  ];
}

function detailsOf({ facts }: View, { way }: Track): string[] {
  const seen =
    way.chosenAt === null
      ? 'the only way tried'
      : way.isReplacement
        ? `in use since ${ms(way.chosenAt)}`
        : `chosen ${way.isChosenExactly ? 'at' : 'by'} ${ms(way.chosenAt)}`;
  const quiet = quietSince(facts);
  if (quiet !== null) return [seen, `no answers since ${ms(quiet)}`];
  const encrypted = encryptedSince(facts);
  return encrypted === null ? [seen] : [seen, `encrypted since ${ms(encrypted)}`];
}

/** When the first end that hears nothing any more said so. */
function quietSince(facts: Facts): number | null {
  const times = Object.values(facts.states).flatMap(({ ice: { history } }) => {
    const last = history.findLastIndex(({ state }) => state !== 'disconnected' && state !== 'failed');
    const first = history[last + 1];
    return first ? [first.at] : [];
  });
  return times.length > 0 ? Math.min(...times) : null;
}

export function failureGroups(tracks: readonly Track[], isChosen: boolean): Group[] {
  if (isChosen) return [];
  return tracks
    .filter((track) => track.standing === 'failed' || isUnheard(track))
    .map((track) => {
      if (track.knock !== null) return knockGroup(track);
      const { x, y } = crossOf(track);
      const { requests } = track.way;
      const style = { x, anchor: 'middle', halo: 'paper', bold: true } as const;
      const long = requests > 0 ? `${requests} question${requests === 1 ? '' : 's'}, no answer` : 'no answer';
      const full: Label = { ...style, y: y - 18, size: 14, text: long };
      const brief: Label = { ...style, size: 12, tone: 'fail', y: y + 26, text: 'no answer' };
      const beside: Label = { ...brief, x: x + 14, y: y + 4.5, anchor: 'start' };
      const isUpright = track.corners.length === 4;
      return {
        rank: RANK.failure,
        slots: isUpright ? [[beside]] : [[full], [brief], [{ ...brief, y: y - 16 }]],
      };
    });
}

/** Right-aligned to the wall that lets nothing in. */
function knockGroup({ way, standing, points, knock }: Track): Group {
  const { x, y } = spotAt(points, knock ?? 0);
  const side = way.checks[0]?.side ?? 0;
  const style = {
    x: x + (side === 0 ? 8 : -8),
    anchor: side === 0 ? 'end' : 'start',
    halo: 'paper',
  } as const;
  const text = standing === 'waiting' ? 'no answer yet' : 'no answer';
  const first: Label = { ...style, y: y - 14, size: 12, bold: true, tone: 'fail', text };
  const count = `${way.requests} question${way.requests === 1 ? '' : 's'}`;
  const second: Label = { ...style, y: y - 30, size: 12, tone: 'ink-2', text: count };
  return {
    rank: RANK.failure,
    slots: [standing === 'waiting' ? [first] : [first, second], [{ ...first, y: y + 26 }]],
  };
}
