/** What every room does, however its messages travel. */
import { expect, onTestFinished, test } from 'vitest';
import type { Room, RoomStatus } from '../../../src/live/signalling/room.ts';

export interface RoomKind {
  readonly name: string;
  /** The first two of a new room are given the same id. */
  newRoom(): string;
  open(room: string): Room;
}

/** A room with what was heard from it. */
export class Watched {
  readonly room: Room;
  readonly letters: string[] = [];
  readonly news: RoomStatus[] = [];

  constructor(room: Room) {
    this.room = room;
    room.listen((text) => this.letters.push(text));
    room.watch((news) => this.news.push(news));
  }

  get now(): RoomStatus {
    return this.news.at(-1)!;
  }
}

export async function until(isTrue: () => boolean, what: string, ms = 15_000): Promise<void> {
  const end = Date.now() + ms;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

export const numbered = (count: number, who = ''): string[] =>
  Array.from({ length: count }, (_, n) => `${who}${n}`);

/** Opens rooms of this kind and closes them when the test is over. */
export function opener(kind: Pick<RoomKind, 'open'>): (room: string) => Watched {
  return (room) => {
    const watched = new Watched(kind.open(room));
    onTestFinished(() => watched.room.close());
    return watched;
  };
}

/** The promise of `Room`, as tests; `a` and `b` may be two kinds that meet in one room. */
export function roomContract(a: RoomKind, b: RoomKind = a): void {
  const [openA, openB] = [opener(a), opener(b)];

  test('seats: the first sits at A, the second at B, and each sees the other', async () => {
    const room = a.newRoom();
    const first = openA(room);
    expect(first.news[0]).toMatchObject({ link: 'joining', seat: null, other: false });
    await until(() => first.now.link === 'open', 'the first sits');
    expect(first.now).toMatchObject({ seat: 'A', other: false });
    const second = openB(room);
    await until(() => first.now.other && second.now.other, 'both see each other');
    expect(second.now).toMatchObject({ link: 'open', seat: 'B', other: true });
  });

  test('letters both ways at once, in order, with every character', async () => {
    const room = a.newRoom();
    const [first, second] = [openA(room), openB(room)];
    const odd = ['', '\r\n\u0000"\\', 'ä€😀\u2028', '{"type":"leave"}', 'x'.repeat(60_000)];
    for (const text of [...numbered(300, 'a'), ...odd]) first.room.send(text);
    for (const text of numbered(300, 'b')) second.room.send(text);
    await until(() => second.letters.length >= 305 && first.letters.length >= 300, 'all letters');
    expect(second.letters).toEqual([...numbered(300, 'a'), ...odd]);
    expect(first.letters).toEqual(numbered(300, 'b'));
  });

  test('letters wait for the other side, and for a listener', async () => {
    const room = a.newRoom();
    const first = openA(room);
    await until(() => first.now.link === 'open', 'the first sits');
    for (const text of numbered(500)) first.room.send(text);
    const late = b.open(room);
    onTestFinished(() => late.close());
    const letters: string[] = [];
    await new Promise((done) => setTimeout(done, 150));
    late.listen((text) => letters.push(text));
    await until(() => letters.length >= 500, 'all that waited');
    expect(letters).toEqual(numbered(500));
  });

  test('what waits is bounded, and a letter too many says so', async () => {
    const alone = openA(a.newRoom());
    const fill = () => {
      for (let n = 0; n < 100_000; n++) alone.room.send('x');
    };
    expect(fill).toThrow(/letters wait for the other side/);
    expect(() => alone.room.send('ä'.repeat(40_000))).toThrow(/80000 bytes is too long/);
  });

  test('a third one is told that the room is full, and disturbs nobody', async () => {
    const room = a.newRoom();
    const [first, second] = [openA(room), openB(room)];
    await until(() => first.now.other && second.now.other, 'two sit');
    const third = openA(room);
    await until(() => third.now.link === 'full', 'the third is told');
    expect(third.now.detail).toMatch(/two/i);
    third.room.send('let me in');
    first.room.send('still here');
    await until(() => second.letters.length > 0, 'a letter');
    expect(second.letters).toEqual(['still here']);
    expect(first.now).toMatchObject({ link: 'open', other: true });
  });

  test('who closes leaves the seat at once to the next, who gets what waited', async () => {
    const room = a.newRoom();
    const [first, second] = [openA(room), openB(room)];
    await until(() => first.now.other && second.now.other, 'two sit');
    second.room.close();
    expect(second.now.link).toBe('closed');
    await until(() => !first.now.other, 'the first sees it');
    first.room.send('for the next');
    const next = openB(room);
    await until(() => next.letters.length > 0, 'the next has the letter');
    expect(next.now.seat).toBe(second.now.seat);
    expect([next.letters, second.letters]).toEqual([['for the next'], []]);
  });

  test('rooms do not hear each other', async () => {
    const [one, two] = [a.newRoom(), a.newRoom()];
    const [a1, b1, a2, b2] = [openA(one), openB(one), openA(two), openB(two)];
    a1.room.send('one');
    a2.room.send('two');
    await until(() => b1.letters.length > 0 && b2.letters.length > 0, 'both letters');
    expect([b1.letters, b2.letters]).toEqual([['one'], ['two']]);
  });
}
