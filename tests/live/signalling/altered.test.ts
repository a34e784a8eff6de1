import { expect, it } from 'vitest';
import type { Description } from '../../../src/core/session/event.ts';
import { alteredChannel } from '../../../src/live/signalling/altered.ts';

it('alters descriptions on their way out, and nothing else', () => {
  const sent: string[] = [];
  const heard: string[] = [];
  let closed = 0;
  const inner = {
    id: 'pipe',
    send: (text: string) => void sent.push(text),
    listen: (listener: (text: string) => void) => listener('{"kind":"offer","payload":{"sdp":"b"}}'),
    close: () => void closed++,
  };
  const channel = alteredChannel(inner, ({ type, sdp }: Description) => `${type}: ${sdp?.toUpperCase()}`);
  const answer = { id: 'B>A#1', kind: 'answer', payload: { type: 'answer', sdp: 'v=0' } };
  const candidate = '{"id":"B>A#2","kind":"candidate","payload":{"candidate":"candidate:1 …"}}';
  channel.send(JSON.stringify(answer));
  channel.send(candidate);
  channel.listen((text) => heard.push(text));
  channel.close();
  expect(sent.map((text) => JSON.parse(text) as object)).toEqual([
    { ...answer, payload: { type: 'answer', sdp: 'answer: V=0' } },
    JSON.parse(candidate),
  ]);
  expect(heard).toEqual(['{"kind":"offer","payload":{"sdp":"b"}}']);
  expect([channel.id, closed]).toEqual(['pipe', 1]);
});
