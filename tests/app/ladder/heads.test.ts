/** Who and what stands over the ladder, at any width. */
import { describe, expect, it } from 'vitest';
import { layout } from '../../../src/app/diagrams/ladder/layout.ts';
import { labelBox, overlap } from '../../../src/app/diagrams/parts/labels.ts';
import { type Line, tell, viewOf } from './stories.ts';

const label = (kind: 'offer' | 'answer', channel: string) =>
  ({ kind, channel, bytes: 1204, payload: { type: kind, sdp: 'v=0\r\n' } }) as const;

/** A at a device by WebSocket, B by Socket.IO; `held` puts levers between them. */
const session = (room: object, held: boolean): readonly Line[] => [
  [0, '', ':session', { kind: 'devices', startedAt: 1_700_000_000_000, ...room }],
  [0, 'A', ':peer', { place: 'this device' }],
  [0, 'B', ':peer', { place: 'the other device' }],
  [1, 'A', 'create', {}],
  [1.5, 'B', 'create', {}],
  [2, 'A', ':signal.sent', { ...label('offer', 'websocket'), to: 'B' }, 'm1'],
  ...(held
    ? ([
        [2.1, 'A', ':signal.held', { kind: 'offer', from: 'A', to: 'B', by: 'hold', for: null }, 'm1'],
      ] as const)
    : ([[3, 'B', ':signal.received', { ...label('offer', 'socket-io'), from: 'A' }, 'm1']] as const)),
  [5, 'B', ':signal.sent', { ...label('answer', 'socket-io'), to: 'A' }, 'm2'],
];

const headsAt = (lines: readonly Line[], width: number): string[] =>
  layout(viewOf(tell(lines)), { width, height: 500 })
    .labels.filter(({ y }) => y < 30)
    .map(({ text }) => text);

describe('heads', () => {
  it('name the room and what carries the letters of each side', () => {
    expect(headsAt(session({ room: 'Ntwf' }, true), 992)).toEqual([
      'ms',
      'room Ntwf',
      'this device · WebSocket',
      'other device · Socket.IO',
    ]);
  });

  it('name the channel where no room is known, and no band where no lever touched a letter', () => {
    expect(headsAt(session({}, true), 992)).toContain('the channel');
    expect(headsAt(session({ room: 'Ntwf' }, false), 992)).toEqual([
      'ms',
      'this device · WebSocket',
      'other device · Socket.IO',
    ]);
  });

  it.each([360, 390, 664, 848, 992, 1200])('%i px: none lies on another, B’s calls stay inside', (width) => {
    const { labels, columns } = layout(viewOf(tell(session({ room: 'Ntwf' }, true))), { width, height: 500 });
    const boxes = labels.map(labelBox);
    for (const [at, box] of boxes.entries()) {
      expect(box.right).toBeLessThanOrEqual(width);
      expect(boxes.slice(at + 1).filter((other) => overlap(box, other))).toEqual([]);
    }
    expect(columns.isOpen).toBe(width >= 900);
  });
});

it.each([
  { here: 'A', kinds: ['peer', 'unseen'] },
  { here: 'B', kinds: ['unseen', 'peer'] },
])(
  'who did not agree to be recorded is drawn so, seen from $here; what goes there has got there',
  ({ here, kinds }) => {
    const there = here === 'A' ? 'B' : 'A';
    const view = viewOf(
      tell([
        [0, '', ':session', { kind: 'devices', startedAt: 1_700_000_000_000 }],
        [0, 'A', ':peer', { place: 'one' }],
        [0, 'B', ':peer', { place: 'two' }],
        [1, here, 'create', {}],
        [2, here, ':signal.sent', { ...label('offer', 'websocket'), to: there }, 'm1'],
        [9, here, 'onicegatheringstatechange', 'complete'],
      ]),
    );
    const { lifelines, rows, columns } = layout(view, { width: 848, height: 500 });
    expect(lifelines.map(({ kind }) => kind)).toEqual(kinds);
    const [arrow] = rows.flatMap(({ arrows }) => arrows);
    expect(Math.abs(arrow!.to[0] - columns.x(there))).toBeLessThan(10);
  },
);
