/** Words inside boxes: who an end is, its ports, what a server does. Their places are their own. */
import type { DrawnMessage } from './traffic.ts';
import type { Frame, Side } from './frame.ts';
import type { Server } from './servers.ts';
import type { View } from '../../../core/projections/view.ts';
import { addressAndPort, channelName, ms, portOf, shortAddress, transportLine } from './words.ts';
import { firstFit } from '../parts/fitting.ts';
import { type Box, fit, type Label } from '../parts/labels.ts';
import { type End, letIn, type PathsModel, type Place, type Places } from './model.ts';
import { type Group, RANK } from './geometry.ts';
import { whyNothing } from '../parts/nothing-found.ts';

const anchorOf = (side: Side): 'start' | 'end' => (side === 0 ? 'end' : 'start');
const outward = (side: Side): 1 | -1 => (side === 0 ? -1 : 1);

/** Who it is, its ports, and how many more it has. */
export function deviceLabels(frame: Frame, end: End, places: Places): Label[] {
  const box = frame.devices[end.side];
  const folded = foldLabel(frame, end, places);
  if (frame.form === 'phone') return folded;
  const ports = places.all.filter(({ side, candidate }) => side === end.side && candidate.type === 'host');
  return [...headLabels(box, end), ...ports.flatMap((port) => portLabels(box, port)), ...folded];
}

function headLabels(box: Box, end: End): Label[] {
  const x = box.left + 52;
  const width = box.right - x - 3;
  const [first, second] = headOf(end);
  const bold = { size: 13, bold: true } as const;
  return [
    { ...bold, x, y: box.top + 26, text: fit(first, width, bold) },
    {
      x,
      y: box.top + 42,
      size: 12,
      tone: 'ink-3',
      text: firstFit([second, second.replace('the ', '')], width, { size: 12 }),
    },
  ];
}

function headOf({ peer, expected }: End): [string, string] {
  if (!peer) return expected ? ['not there yet', ''] : ['other end', 'not recorded'];
  const place = peer.place || (peer.browser ?? '');
  if (peer.closedAt !== null)
    return [peer.role ?? 'was here', `${peer.isGone ? 'went away' : 'closed'}, ${ms(peer.closedAt)}`];
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
export function foldLabel(frame: Frame, end: End, places: Places): Label[] {
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
  const x = box.left + (frame.form === 'wide' ? 14 : 12);
  const width = box.right - x - 2;
  const lines: Label[] = [
    { ...tone, x, y: box.top + 22, size: 14, bold: true, text: name },
    { x, y: box.top + 39, size: 12, tone: soft ? 'ink-3' : 'ink-2', text: fit(does, width, { size: 12 }) },
  ];
  if (address === null) return lines;
  const mono = { size: 11, mono: true } as const;
  return [...lines, { ...mono, x, y: box.top + 55, tone: 'ink-3', text: fit(address, width, mono) }];
}

/** Words outside of boxes that name places: the signalling channel, addresses, errors, the ground. */

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

export function channelGroup(view: View, frame: Frame, { loopback }: PathsModel): Group {
  const first = view.facts.messages.get(0);
  const text = `signalling · ${channelName(first?.channel ?? '', loopback)}`;
  const style = { y: frame.signalY + 4.5, size: 12, tone: 'ink-3', halo: 'stage', text } as const;
  const corner = (frame.devices[0].left + frame.devices[0].right) / 2 + 34;
  const middle = [{ ...style, x: frame.width / 2, anchor: 'middle' } as const];
  return {
    rank: RANK.channel,
    slots: [middle, [{ ...style, x: corner }], [{ ...style, x: frame.width - corner, anchor: 'end' }]],
  };
}

export function groundGroup(frame: Frame, { loopback }: PathsModel): Group[] {
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

export function messageGroups(frame: Frame, messages: readonly DrawnMessage[]): Group[] {
  const style = { y: frame.signalY + 4.5, size: 12, tone: 'ink-2', halo: 'stage' } as const;
  return messages
    .filter(({ level }) => level)
    .map(({ x, text }) => ({
      rank: RANK.label,
      slots: [[{ ...style, x: x + 18, text }], [{ ...style, x: x - 18, anchor: 'end', text }]],
    }));
}

export function addressGroups(frame: Frame, places: Places, model: PathsModel): Group[] {
  return places.all.flatMap((place) => {
    if (place.candidate.type === 'host') return [];
    return place.candidate.type === 'relay'
      ? [relayGroup(frame, place, model.ends)]
      : [doorGroup(frame, place, model.ends), ...letInGroup(frame, place, model)];
  });
}

const besideDoor = (side: Side, x: number) =>
  ({ x: x + outward(side) * 6, anchor: side === 0 ? 'start' : 'end' }) as const;

/** `lets in STUN, TURN, B`, under what the door is called where there is room. */
function letInGroup(frame: Frame, place: Place, model: PathsModel): Group[] {
  const { side, x, y } = place;
  const who = frame.walls[side] && frame.form !== 'phone' ? letIn(place, model) : [];
  if (who.length === 0) return [];
  const style = { ...besideDoor(side, x), halo: 'paper', size: 12, tone: 'ink-2' } as const;
  const text = `lets in ${who.join(', ')}`;
  return [{ rank: RANK.address, slots: [[{ ...style, y: y + 46, text }], [{ ...style, y: y + 62, text }]] }];
}

function doorGroup(frame: Frame, { side, x, y, candidate }: Place, ends: PathsModel['ends']): Group {
  const at = { ...besideDoor(side, x), halo: 'paper' } as const;
  const port: Label = { ...at, y: y + 25, size: 12, mono: true, bold: true, text: portOf(candidate) };
  if (frame.form === 'phone') return { rank: RANK.address, slots: [[port]] };
  const label = ends[side].label;
  const how =
    ends[side].peer === null
      ? `what ${label} said it is`
      : candidate.type === 'prflx'
        ? frame.walls[side]
          ? `${label}, by another door`
          : `${label}, learned from a check`
        : `${label}, as seen from outside`;
  const address: Label = {
    ...port,
    y: y + 30,
    text: candidate.address ? addressAndPort(candidate) : portOf(candidate),
  };
  return {
    rank: frame.walls[side] ? RANK.door : RANK.address,
    slots: [
      [address, { ...at, y: y + 46, size: 12, tone: 'ink-2', text: how }],
      [{ ...port, y: y + 30 }],
      [{ ...address, y: y - 16 }],
      [{ ...port, y: y - 16 }],
    ],
  };
}

function relayGroup(frame: Frame, { side, x, y, candidate, keys }: Place, ends: PathsModel['ends']): Group {
  if (frame.form === 'phone') return { rank: RANK.address, slots: [] };
  const at = { x: x - outward(side) * 13, anchor: side === 0 ? 'start' : 'end', halo: 'paper' } as const;
  const more = keys.length > 1 ? ` +${keys.length - 1}` : '';
  return {
    rank: RANK.address,
    slots: [
      [
        { ...at, y: y + 17, size: 12, tone: 'ink-2', text: `${ends[side].label}, at TURN` },
        { ...at, y: y + 32, size: 11, mono: true, tone: 'ink-3', text: `${portOf(candidate)}${more}` },
      ],
    ],
  };
}

/** Ends that have nothing to offer: why no way begins there. */

export interface Stuck {
  readonly side: Side;
  readonly x: number;
  readonly y: number;
  readonly reason: string;
}

export function stuckEnds(view: View, frame: Frame, { ends }: PathsModel): Stuck[] {
  return ends.flatMap((end) => {
    const reason = reasonOf(view, end);
    if (reason === null) return [];
    const edge = end.side === 0 ? frame.devices[0].right : frame.devices[1].left;
    return [{ side: end.side, x: edge, y: frame.rows[0]!, reason }];
  });
}

/** Null while it may still find an address, or has one. */
function reasonOf({ facts }: View, end: End): string | null {
  const { peer } = end;
  if (!peer || end.hosts.length + end.reflexive.length + end.relays.length + end.idle.length > 0) return null;
  const isDone = (facts.candidates[peer.id]?.gathering.completedAt ?? null) !== null;
  const gaveUp = facts.states[peer.id]?.ice.current === 'failed';
  if (!isDone && !gaveUp) return null;
  return whyNothing(peer);
}

export function stuckGroups(stuck: readonly Stuck[], form: Frame['form']): Group[] {
  return stuck.map(({ side, x, y, reason }) => {
    const at = {
      x: x + (side === 0 ? 18 : -18),
      anchor: side === 0 ? 'start' : 'end',
      halo: 'paper',
    } as const;
    const first = {
      ...at,
      y: y + 4.5,
      size: 12,
      bold: true,
      tone: 'fail',
      text: 'nothing to offer',
    } as const;
    const words = form === 'phone' ? (reason.split(',')[0] ?? reason) : reason;
    return {
      rank: RANK.failure,
      slots: [[first, { ...at, y: y + 21, size: 12, tone: 'ink-2', text: words }]],
    };
  });
}
