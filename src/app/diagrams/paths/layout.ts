/** Paths as geometry: who is where, which ways were tried, and which way packets go now. Pure. */
import type { View } from '../../../core/projections/view.ts';
import type { Size } from '../diagram.ts';
import { type Box, type Label, labelBox } from '../parts/labels.ts';
import {
  addressGroups,
  channelGroup,
  deviceLabels,
  faultGroup,
  foldLabel,
  groundGroup,
  messageGroups,
  serverLabels,
  type Stuck,
  stuckEnds,
  stuckGroups,
} from './texts.ts';
import { frontDrawing } from './drawing.ts';
import { askedLegs, type LegLine, messagesOf, packetSheets, pillsOf, sheetsOf } from './traffic.ts';
import { type Frame, frameOf } from './frame.ts';
import { pathOf, placeGroups } from './geometry.ts';
import { type End, hasWalls, modelOf, type PathsModel, type Place, type Places, placesOf } from './model.ts';
import { askLeg, branchedLeg, ownLeg, signalling, smooth } from './routes.ts';
import { serversOf } from './servers.ts';
import { type Cross, type Device, type Fold, type MarkAt, type PathsLayout, type Touch } from './shapes.ts';
import { type Track, crossOf, isUnheard, strokesOf, tracksOf } from './strokes.ts';
import { groundOf, onItsGround, wallBoxes, wallGroups, wallsOf } from './walls.ts';
import { chosenGroups, failureGroups, pillGroups, sheetGroups } from './route-texts.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { addressAndPort, portOf } from './words.ts';

export function layout(view: View, size: Size, motion = true): PathsLayout {
  if (view.whole.peers.length === 0) return frontDrawing(size);
  const parts = partsOf(view, size, motion);
  const { model, frame, places, tracks, servers, marks, crosses, moving } = parts;
  const inside = [
    ...model.ends.flatMap((end) => deviceLabels(frame, end, places)),
    ...servers.flatMap((server) => serverLabels(frame, server)),
  ];
  const outside = outsideLabels(view, parts);
  const strokes = strokesOf(view, model, tracks, motion);
  return {
    form: frame.form,
    width: frame.width,
    height: frame.height,
    ground: groundOf(frame),
    signalling: pathOf(parts.line),
    plates: platesOf(frame, outside),
    devices: model.ends.map((end) => deviceOf(frame, end)),
    servers,
    walls: parts.walls,
    legs: [...legsOf(frame, parts), ...askedLegs(view, frame, model, places)],
    touches: tracks.filter(({ told }) => told).map((track) => touchOf(track, model)),
    folds: model.ends.flatMap((end) => foldOf(frame, end, places)),
    strokes,
    marks,
    crosses,
    ...moving,
    labels: [...inside, ...outside],
    sentences: [],
    evidence: [...new Set([...strokes, ...moving.sheets].map(({ evidence }) => evidence))],
  };
}

/** Everything that has a place, before any word. */
function partsOf(view: View, size: Size, motion: boolean) {
  const model = modelOf(view);
  const frame = roomFor(size, model);
  const places = placesOf(frame, model);
  const tracks = tracksOf(view, frame, model, places);
  const line = smooth(frame, signalling(frame));
  const servers = serversOf(view.facts, frame, model);
  const stuck = stuckEnds(view, frame, model);
  const walls = wallsOf(view, frame, model, places, tracks, motion);
  return {
    model,
    frame,
    places,
    tracks,
    line,
    servers,
    stuck,
    walls,
    marks: places.all.map((place) => markOf(frame, place, model.ends[place.side])),
    crosses: [...trackCrosses(tracks, model), ...stuckCrosses(stuck), ...faultCrosses(servers)],
    moving: {
      sheets: [...packetSheets(view, frame, model, places, motion), ...sheetsOf(view, frame, tracks, motion)],
      pills: pillsOf(view, model, tracks, motion),
      messages: messagesOf(view, model, line, motion),
    },
  };
}

type Parts = ReturnType<typeof partsOf>;

function outsideLabels(view: View, parts: Parts): Label[] {
  const { model, frame, places, tracks, servers, stuck, moving } = parts;
  const { form, width, height, devices } = frame;
  const groups = [
    channelGroup(view, frame, model),
    ...(hasWalls(model) ? wallGroups(frame, model) : groundGroup(frame, model)),
    ...messageGroups(frame, moving.messages),
    ...sheetGroups(moving.sheets, model.ends, form),
    ...pillGroups(moving.pills, model.ends),
    ...chosenGroups(view, tracks, frame),
    ...failureGroups(tracks, model.chosen !== null),
    ...addressGroups(frame, places, model),
    ...stuckGroups(stuck, form),
    ...servers.flatMap((server) => faultGroup(frame, server)),
  ];
  const taken = [...devices, ...frame.servers, ...obstacles(parts), ...uprights(tracks), ...levels(tracks)];
  return placeGroups(groups, [...taken, ...wallBoxes(frame)], width, height).map((label) =>
    onItsGround(frame, label),
  );
}

/** A line for what folds is left free where something does: TCP, or more ports than there are rows. */
function roomFor(size: Size, { rows, folds, walls }: PathsModel): Frame {
  const walled = [walls[0] !== null, walls[1] !== null] as const;
  const frame = frameOf(size, rows, folds, walled);
  return folds || frame.rows.length >= rows ? frame : frameOf(size, rows, true, walled);
}

function deviceOf(frame: Frame, { side, label, peer }: End): Device {
  const box = frame.devices[side];
  const tile =
    frame.form === 'phone'
      ? { x: (box.left + box.right) / 2, y: (box.top + Math.min(box.bottom, box.top + 108)) / 2, size: 26 }
      : { x: box.left + 29, y: box.top + 30, size: 26 };
  return { side, label, box, tile, absent: peer === null };
}

function markOf(frame: Frame, { side, x, y, candidate, keys }: Place, end: End): MarkAt {
  return {
    id: `${side}/${keys[0]}`,
    type: candidate.type,
    x,
    y,
    scale: frame.markScale,
    hollow: end.peer === null,
    keys,
    event: candidate.event,
    name: `${end.label}, ${TYPE_WORDS[candidate.type]} candidate ${addressAndPort(candidate)}`,
  };
}

/** What a selection marks when its candidate is one of those that a device folds away. */
function foldOf(frame: Frame, end: End, places: Places): Fold[] {
  const keys = places.folded[end.side].map(({ key }) => key);
  const box = foldLabel(frame, end, places).map(labelBox)[0];
  return box ? [{ id: `fold${end.side}`, box, keys }] : [];
}

/** What was asked outside of ICE's checks: STUN's answer, and the place that TURN lends. */
function legsOf(frame: Frame, { places: { all }, tracks, model }: Parts): LegLine[] {
  const isShared = tracks.some(({ way }) => way.kind !== 'relay');
  const seen = all.filter(({ side }) => model.ends[side].peer !== null);
  return seen.flatMap((place): LegLine[] => {
    const { type } = place.candidate;
    const id = `${type}${place.side}${place.row}${place.x}`;
    if (type === 'srflx')
      return [{ id, d: pathOf(smooth(frame, askLeg(frame, place))), kind: type, opacity: 0.25 }];
    if (type === 'relay')
      return [
        {
          id,
          d: pathOf(smooth(frame, isShared ? branchedLeg(frame, place.side) : ownLeg(frame, place.side))),
          kind: type,
          opacity: 1,
        },
      ];
    return [];
  });
}

function touchOf({ id, way, points }: Track, { ends }: PathsModel): Touch {
  const [a, b] = way.ends;
  const name = `Way from ${ends[0].label}’s ${TYPE_WORDS[a.type]} ${portOf(a)} to ${ends[1].label}’s ${TYPE_WORDS[b.type]} ${portOf(b)}`;
  return { id, d: pathOf(points), pairs: way.pairs.map((pair) => pair.id), name };
}

const trackCrosses = (tracks: readonly Track[], { chosen }: PathsModel): Cross[] =>
  tracks
    .filter((track) => track.standing === 'failed' || track.standing === 'broken' || isUnheard(track))
    .map((track) => {
      const faded = chosen !== null && track.standing === 'failed';
      const small = faded || track.standing === 'waiting';
      return { id: track.id, ...crossOf(track), scale: small ? 1 : 1.4, opacity: faded ? 0.35 : 1 };
    });

const stuckCrosses = (stuck: readonly Stuck[]): Cross[] =>
  stuck.map(({ side, x, y }) => ({ id: `stuck${side}`, x, y, scale: 1.35, opacity: 1 }));

const faultCrosses = (servers: PathsLayout['servers']): Cross[] =>
  servers
    .filter(({ fault }) => fault !== null)
    .map(({ id, box }) => ({ id, x: box.left + 34, y: box.bottom + 13, scale: 1.2, opacity: 1 }));

/** Words keep clear of everything that is drawn over lines. */
function obstacles({ marks, crosses, moving: { sheets, pills, messages } }: Parts): Box[] {
  const around = (x: number, y: number, w: number, h: number): Box => ({
    left: x - w,
    right: x + w,
    top: y - h,
    bottom: y + h,
  });
  return [
    ...marks.map(({ x, y, scale }) => around(x, y, 8 * scale, 8 * scale)),
    ...crosses.map(({ x, y, scale }) => around(x, y, 6 * scale, 6 * scale)),
    ...sheets.map(({ x, y }) => around(x, y, 18, 12)),
    ...pills.map(({ x, y, width }) => around(x, y, width / 2, 15)),
    ...messages.map(({ x, y }) => around(x, y, 13, 9)),
  ];
}

/** No words on the upright stretches of the chosen way. */
function uprights(tracks: readonly Track[]): Box[] {
  const chosen = tracks.find(({ standing }) => standing === 'chosen' || standing === 'broken');
  const corners = chosen?.corners ?? [];
  return corners.slice(1).flatMap(([x, y], index) => {
    const [before, from] = corners[index]!;
    return x === before
      ? [{ left: x - 8, right: x + 8, top: Math.min(y, from), bottom: Math.max(y, from) }]
      : [];
  });
}

/** Nor on the level stretches of any direct way. */
function levels(tracks: readonly Track[]): Box[] {
  return tracks
    .filter(({ way }) => way.kind !== 'relay')
    .flatMap(({ corners }) =>
      corners.slice(1).flatMap(([x, y], index) => {
        const [from, before] = corners[index]!;
        return y === before
          ? [{ left: Math.min(x, from), right: Math.max(x, from), top: y - 3, bottom: y + 3 }]
          : [];
      }),
    );
}

function platesOf({ signalY }: Frame, labels: readonly Label[]): Box[] {
  return labels
    .filter(({ y }) => Math.abs(y - signalY) < 8)
    .map((label) => {
      const { left, right } = labelBox(label);
      return { left: left - AIR, right: right + AIR, top: signalY - 10, bottom: signalY + 10 };
    });
}

/** Between words on the signalling line and the line. */
const AIR = 12;
