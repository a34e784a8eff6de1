/** Words outside of boxes that name places: the signalling channel, addresses, errors, the ground. */
import type { View } from '../../../core/projections/view.ts';
import { type Label, fit } from '../parts/labels.ts';
import { outward } from './box-texts.ts';
import type { DrawnMessage } from './flights.ts';
import type { Frame, Side } from './frame.ts';
import { letIn } from './admitted.ts';
import type { Place, Places } from './places.ts';
import type { PathsModel } from './model.ts';
import type { Server } from './servers.ts';
import { type Group, RANK } from './slots.ts';
import { addressAndPort, channelName, portOf } from './words.ts';

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
