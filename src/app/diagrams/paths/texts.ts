/** All words of the figure, in their slots. */
import { encryptedSince } from '../../../core/projections/path.ts';
import type { View } from '../../../core/projections/view.ts';
import { type Box, type Label, fit } from '../parts/labels.ts';
import type { Letter, Pill, Sheet } from './flights.ts';
import type { Frame, Side } from './frame.ts';
import { longestLevel } from './metro.ts';
import type { Place, Places } from './places.ts';
import type { End, Scene } from './scene.ts';
import type { Server } from './servers.ts';
import { type Group, RANK } from './slots.ts';
import { type Track, crossOf } from './strokes.ts';
import { TYPE_WORDS, addressAndPort, channelName, ms, shortAddress, transportLine } from './words.ts';

const anchorOf = (side: Side): 'start' | 'end' => (side === 0 ? 'end' : 'start');
const outward = (side: Side): 1 | -1 => (side === 0 ? -1 : 1);

/** What stands inside a device: who it is, and its ports. These places are its own. */
export function deviceLabels(frame: Frame, end: End, places: Places): Label[] {
  const box = frame.devices[end.side];
  const folded = foldLabel(frame, end, places);
  if (frame.form === 'phone') return folded;
  const ports = places.all.filter(({ side, candidate }) => side === end.side && candidate.type === 'host');
  return [...headLabels(box, end), ...ports.flatMap((port) => portLabels(box, port)), ...folded];
}

function headLabels(box: Box, end: End): Label[] {
  const x = box.left + 52;
  const width = box.right - x - 8;
  const [first, second] = headOf(end);
  const bold = { size: 13, bold: true } as const;
  return [
    { ...bold, x, y: box.top + 26, text: fit(first, width, bold) },
    { x, y: box.top + 42, size: 12, tone: 'ink-3', text: fit(second, width, { size: 12 }) },
  ];
}

function headOf({ peer, expected }: End): [string, string] {
  if (!peer) return expected ? ['not there yet', ''] : ['the other end', 'not recorded'];
  const place = peer.place || (peer.browser ?? '');
  if (peer.closedAt !== null) return [peer.role ?? 'was here', `closed, ${ms(peer.closedAt)}`];
  return peer.role ? [peer.role, place] : [peer.place || peer.id, peer.browser ?? ''];
}

const BESIDE_PORT = 22;

function portLabels(box: Box, { side, x, y, candidate }: Place): Label[] {
  const at = { x: x + outward(side) * BESIDE_PORT, anchor: anchorOf(side), mono: true } as const;
  const width = box.right - box.left - BESIDE_PORT - 6;
  const fitted = (text: string, size: 11 | 12): string => fit(text, width, { size, mono: true });
  return [
    { ...at, y: y - 1, size: 12, text: fitted(shortAddress(candidate.address), 12) },
    { ...at, y: y + 15, size: 11, tone: 'ink-3', text: fitted(transportLine(candidate), 11) },
  ];
}

/** `+3 more`; `+2 TCP` where only those fold that wait for TCP. */
function foldLabel(frame: Frame, end: End, places: Places): Label[] {
  const folded = places.folded[end.side];
  if (folded.length === 0) return [];
  const box = frame.devices[end.side];
  const onlyTcp = folded.every(({ protocol }) => protocol === 'tcp');
  const style = { size: 12, tone: 'ink-3' } as const;
  if (frame.form === 'phone') {
    return [
      {
        ...style,
        x: (box.left + box.right) / 2,
        y: box.bottom - 9,
        anchor: 'middle',
        text: `+${folded.length}`,
      },
    ];
  }
  const x = (end.side === 0 ? box.right : box.left) + outward(end.side) * BESIDE_PORT;
  const text = `+${folded.length} ${onlyTcp ? 'TCP' : 'more'}`;
  return [{ ...style, x, y: box.bottom - 13, anchor: anchorOf(end.side), text }];
}

export function serverLabels(frame: Frame, { name, box, soft, does, address }: Server): Label[] {
  const tone = soft ? ({ tone: 'ink-3' } as const) : {};
  if (!frame.serverText) {
    const middle = { x: (box.left + box.right) / 2, anchor: 'middle' } as const;
    const size = frame.form === 'phone' ? 13 : 14;
    return [{ ...middle, ...tone, y: (box.top + box.bottom) / 2 + 5, size, bold: true, text: name }];
  }
  const x = box.left + 14;
  const width = box.right - x - 6;
  const lines: Label[] = [
    { ...tone, x, y: box.top + 22, size: 14, bold: true, text: name },
    { x, y: box.top + 39, size: 12, tone: soft ? 'ink-3' : 'ink-2', text: fit(does, width, { size: 12 }) },
  ];
  if (address === null) return lines;
  const mono = { size: 11, mono: true } as const;
  return [...lines, { ...mono, x, y: box.top + 55, tone: 'ink-3', text: fit(address, width, mono) }];
}

/** An error that a server gave instead of an address. */
export function faultGroup(frame: Frame, { box, fault, id }: Server): Group[] {
  if (!fault) return [];
  const x = box.left + 50;
  const y = box.bottom + 18;
  const words =
    frame.form === 'phone'
      ? `${fault.code}`
      : fit(`${fault.code} ${fault.text}`, 190, { size: 12, mono: true, bold: true });
  const so = id === 'turn' ? 'so there is no relay' : 'so nobody told the outer address';
  const first: Label = { x, y, size: 12, mono: true, bold: true, tone: 'fail', halo: 'paper', text: words };
  const second: Label = { x, y: y + 16, size: 12, tone: 'ink-2', halo: 'paper', text: so };
  return [{ rank: RANK.failure, slots: [frame.form === 'phone' ? [first] : [first, second]] }];
}

export function channelGroup(view: View, frame: Frame, { loopback }: Scene): Group {
  const first = view.facts.messages.get(0);
  const text = `signalling · ${channelName(first?.channel ?? '', loopback)}`;
  const style = { y: frame.signalY + 4.5, size: 12, tone: 'ink-3', text } as const;
  const corner = (frame.devices[0].left + frame.devices[0].right) / 2 + 34;
  const middle = [{ ...style, x: frame.width / 2, anchor: 'middle' } as const];
  return {
    rank: RANK.channel,
    slots: [middle, [{ ...style, x: corner }], [{ ...style, x: frame.width - corner, anchor: 'end' }]],
  };
}

export function groundGroup(frame: Frame, { loopback }: Scene): Group[] {
  if (frame.form === 'phone' || !loopback) return [];
  const text = 'this machine';
  const label: Label = {
    x: frame.field.left + 18,
    y: frame.field.bottom - 12,
    size: 12,
    tone: 'ink-3',
    text,
  };
  return [{ rank: RANK.ground, slots: [[label]] }];
}

export function letterGroups(frame: Frame, letters: readonly Letter[]): Group[] {
  const style = { y: frame.signalY + 4.5, size: 12, tone: 'ink-2' } as const;
  return letters
    .filter(({ level }) => level)
    .map(({ x, text }) => ({
      rank: RANK.letter,
      slots: [[{ ...style, x: x + 18, text }], [{ ...style, x: x - 18, anchor: 'end', text }]],
    }));
}

/** Name by name for people and for machines; at most three, for more would name nothing. */
export function sheetGroups(sheets: readonly Sheet[], ends: Scene['ends'], form: Frame['form']): Group[] {
  const unique = [
    ...new Map(sheets.map((sheet) => [`${sheet.role}${sheet.side}${sheet.kind}`, sheet])).values(),
  ];
  return unique.slice(0, 3).map((sheet, index) => {
    const lines = (down: boolean): Label[] => sheetLabels(sheet, ends, down, form);
    const isRequest = sheet.role === 'request';
    return {
      rank: RANK.packet - index,
      slots: isRequest ? [lines(false), lines(true)] : [lines(false), lines(true)],
    };
  });
}

function sheetLabels(
  { x, y, role, side, relayed, count }: Sheet,
  ends: Scene['ends'],
  below: boolean,
  form: Frame['form'],
): Label[] {
  const [from, to] = [ends[side].letter, ends[1 - side]!.letter];
  const human =
    role === 'answer' ? `${from} answers` : relayed ? `${from} asks through TURN` : `${from} asks ${to}`;
  const times = count > 1 ? ` ×${count}` : '';
  const machine = `${role === 'answer' ? 'Binding success' : 'Binding request'}${times}`;
  const at = { x, anchor: 'middle', halo: 'paper' } as const;
  const first: Label = { ...at, y: below ? y + 30 : y - 34, size: 14, bold: true, text: human };
  const second: Label = {
    ...at,
    y: below ? y + 46 : y - 18,
    size: 12,
    mono: true,
    tone: 'ink-2',
    text: machine,
  };
  return form === 'phone' ? [below ? first : { ...first, y: y - 20 }] : [first, second];
}

export function pillGroups(pills: readonly Pill[], ends: Scene['ends']): Group[] {
  return pills.map(({ x, y, to }) => {
    const at = {
      x,
      anchor: 'middle',
      size: 12,
      tone: 'ink-2',
      halo: 'paper',
      text: `on its way to ${ends[to].letter}`,
    } as const;
    return { rank: RANK.pill, slots: [[{ ...at, y: y + 36 }], [{ ...at, y: y - 24 }]] };
  });
}

/** Which kinds of candidates the chosen way joins, and since when it carries. */
export function chosenGroups(view: View, tracks: readonly Track[]): Group[] {
  const track = tracks.find(({ standing }) => standing === 'chosen' || standing === 'broken');
  if (!track) return [];
  const [a, b] = track.way.ends;
  const title = `${TYPE_WORDS[a.type]} to ${TYPE_WORDS[b.type]}`;
  const { left, right, y } = longestLevel(track.corners);
  const lines = detailsOf(view, track);
  const at = (part: number): Label[] => {
    const style = { x: Math.round(left + (right - left) * part), anchor: 'middle', halo: 'paper' } as const;
    const details = lines.map((text, index): Label => ({
      ...style,
      y: y + 30 + 16 * index,
      size: 12,
      tone: 'ink-2',
      text,
    }));
    return [{ ...style, y: y - 20, size: 14, bold: true, text: title }, ...details];
  };
  return [{ rank: RANK.chosen, slots: (right - left > 380 ? [0.3, 0.5, 0.7] : [0.5, 0.6, 0.4]).map(at) }];
}

function detailsOf({ facts }: View, { way, standing }: Track): string[] {
  const seen = [way.chosenAt === null ? 'the only way tried' : `chosen at ${ms(way.chosenAt)}`];
  const encrypted = encryptedSince(facts);
  const quiet = Object.values(facts.states).find(
    ({ ice }) => ice.current === 'disconnected' || ice.current === 'failed',
  );
  if (standing === 'broken' || quiet)
    return [...seen, `no answers since ${ms(quiet?.ice.history.at(-1)?.at ?? 0)}`];
  return encrypted === null ? seen : [...seen, `encrypted since ${ms(encrypted)}`];
}

export function failureGroups(tracks: readonly Track[], isChosen: boolean): Group[] {
  if (isChosen) return [];
  return tracks
    .filter(({ standing }) => standing === 'failed')
    .map((track) => {
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

export function addressGroups(frame: Frame, places: Places, ends: Scene['ends']): Group[] {
  return places.all.flatMap((place) => {
    if (place.candidate.type === 'host') return [];
    return [
      place.candidate.type === 'relay' ? relayGroup(frame, place, ends) : doorGroup(frame, place, ends),
    ];
  });
}

function doorGroup(frame: Frame, { side, x, y, candidate }: Place, ends: Scene['ends']): Group {
  const at = { x: x + outward(side) * 6, anchor: side === 0 ? 'start' : 'end', halo: 'paper' } as const;
  const port: Label = { ...at, y: y + 25, size: 12, mono: true, bold: true, text: `:${candidate.port}` };
  if (frame.form === 'phone') return { rank: RANK.address, slots: [[port]] };
  const who = ends[side].letter;
  const how = candidate.type === 'prflx' ? `${who}, learned from a check` : `${who}, as seen from outside`;
  const address: Label = { ...port, y: y + 30, text: addressAndPort(candidate) };
  return {
    rank: RANK.address,
    slots: [[address, { ...at, y: y + 46, size: 12, tone: 'ink-2', text: how }], [{ ...port, y: y + 30 }]],
  };
}

function relayGroup(frame: Frame, { side, x, y, candidate, keys }: Place, ends: Scene['ends']): Group {
  if (frame.form === 'phone') return { rank: RANK.address, slots: [] };
  const at = { x: x - outward(side) * 13, anchor: side === 0 ? 'start' : 'end', halo: 'paper' } as const;
  const more = keys.length > 1 ? ` +${keys.length - 1}` : '';
  return {
    rank: RANK.address,
    slots: [
      [
        { ...at, y: y + 17, size: 12, tone: 'ink-2', text: `${ends[side].letter}, at TURN` },
        { ...at, y: y + 32, size: 11, mono: true, tone: 'ink-3', text: `:${candidate.port}${more}` },
      ],
    ],
  };
}
