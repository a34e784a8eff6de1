import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/core/session/event.ts';
import { roomLimits } from '../../../src/core/signalling/room-messages.ts';
import { readMessage } from '../../../src/live/remote/note.ts';
import { recordInbox, recordShelf } from '../../../src/live/remote/record.ts';

const state = (at: number): NewEvent => ({ type: 'onsignalingstatechange', peer: 'B', at, value: 'stable' });

function inbox() {
  const taken: NewEvent[] = [];
  return {
    taken,
    box: recordInbox({ peer: 'B', here: (at) => at - 100, emit: (event) => taken.push(event) }),
  };
}

describe('what the other side records', () => {
  it('is taken at this session’s times, under the other letter, never backwards', () => {
    const { taken, box } = inbox();
    expect(box.take([state(150), { ...state(140), peer: 'A' }, state(90)])).toBe(0);
    expect(taken.map(({ at, peer }) => [at, peer])).toEqual([
      [50, 'B'],
      [50, 'B'],
      [50, 'B'],
    ]);
  });

  it('is refused where it is no event, and counted', () => {
    const { taken, box } = inbox();
    const junk: unknown[] = [
      null,
      'text',
      { ...state(1), at: 'soon' },
      { ...state(1), at: Infinity },
      { ...state(1), value: { not: 'text' } },
      { ...state(1), type: 'toString' },
      { ...state(1), type: '__proto__' },
      { ...state(1), correlation: 'constructor' },
      { ...state(1), correlation: 'x'.repeat(81) },
      { type: ':session', peer: '', at: 0, value: { kind: 'tabs', startedAt: 0 } },
      { type: ':peer', peer: 'A', at: 0, value: { place: 'elsewhere' } },
      { type: ':peer.gone', peer: 'A', at: 0, value: null },
    ];
    expect(box.take(junk)).toBe(junk.length);
    expect(taken).toEqual([]);
  });

  it('brings no credential in', () => {
    const { taken, box } = inbox();
    const iceServers = [{ urls: ['turn:127.0.0.1'], username: 'me', credential: 'secret' }];
    box.take([{ type: 'create', peer: 'B', at: 200, value: { iceServers } }]);
    expect(JSON.stringify(taken)).toContain('turn:127.0.0.1');
    expect(JSON.stringify(taken)).not.toContain('secret');
  });

  it('goes out in lists that a room takes, nothing lost, our own introductions left here', () => {
    const shelf = recordShelf();
    expect(shelf.take()).toBeNull();
    shelf.add({ type: ':peer', peer: 'A', at: 0, value: { place: 'here' } });
    const sdp = '✓'.repeat(20_000);
    for (let at = 0; at < 1000; at++) shelf.add(state(at));
    shelf.add({ type: 'setRemoteDescription', peer: 'B', at: 1000, value: { type: 'offer', sdp } });
    shelf.add(state(1001));
    const lists: string[] = [];
    for (let list; (list = shelf.take());) lists.push(list);
    for (const list of lists) expect(Buffer.byteLength(list)).toBeLessThan(roomLimits.envelopeBytes - 1000);
    const events = lists.flatMap((list) => JSON.parse(list) as NewEvent[]);
    // The long description fits into no message.
    expect(events.map(({ at }) => at)).toEqual([...Array.from({ length: 1000 }, (_, at) => at), 1001]);
  });
});

describe('a message of the room', () => {
  const stamp = { at: 1, heard: null };
  it('is a note, a letter, or nothing', () => {
    expect(readMessage(JSON.stringify({ meet: 'share', on: true, ...stamp }))).toMatchObject({
      meet: 'share',
    });
    const letter = { id: 'Aabcde>Bfghij#1', kind: 'offer', payload: { type: 'offer', sdp: 'v=0' } };
    expect(readMessage(JSON.stringify(letter))).toEqual(letter);
    for (const junk of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{"meet":"share","on":"yes","at":1,"heard":null}',
      '{"meet":"share","on":true,"at":-1,"heard":null}',
      '{"meet":"share","on":true,"at":1,"heard":[1]}',
      '{"meet":"hello","me":"C1","you":null,"since":1,"browser":"x","carrier":"y","share":true,"at":1,"heard":null}',
      '{"meet":"events","of":"Aabcde","n":1,"list":{},"at":1,"heard":null}',
      '{"meet":"events","of":"Aabcde","n":0.5,"list":[],"at":1,"heard":null}',
      '{"meet":"tick","of":"Aabcde","back":true,"got":-1,"at":1,"heard":null}',
      '{"meet":"got","of":"nobody","got":1,"again":false,"at":1,"heard":null}',
      '{"meet":"toString","at":1,"heard":null}',
      '{"id":"A>B#1","kind":"offer","payload":{"type":"answer","sdp":""}}',
      '{"id":"A>B#1","kind":"offer","payload":null}',
      '{"id":"A>B#1","kind":"candidate","payload":{"candidate":7}}',
      `{"id":"${'x'.repeat(81)}","kind":"end","payload":{"candidate":""}}`,
    ])
      expect(readMessage(junk), junk).toBeNull();
  });
});
