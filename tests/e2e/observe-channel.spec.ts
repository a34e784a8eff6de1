import type {} from '../support/live-entry.ts';
import { openFixture } from '../support/sessions.ts';
import { expect, test } from './live.ts';

/** Firefox has no `closing` event (W3C WebRTC, section 6.2). */
const notClosing = (state: string): boolean => state !== 'closing';

test('data channels: sizes as they travel, both ways, and nothing else is different', async ({ live }) => {
  const events = await live.evaluate(async () => {
    const lab = new window.icescopeLive.Lab();
    const [a, b] = lab.pair();
    const here = a.createDataChannel('x');
    const there = new Promise<RTCDataChannel>((done) => (b.ondatachannel = ({ channel }) => done(channel)));
    lab.trickle(a, b);
    await lab.negotiate(a, b);
    const far = await there;
    const got: unknown[] = [];
    far.onmessage = ({ data }) => got.push(data);
    await lab.until(here, 'open', () => here.readyState === 'open');
    // The Blob comes last: Chromium reads one before it sends it, and lets later messages overtake it.
    const messages = [
      '',
      'plain',
      'é✓😀',
      new ArrayBuffer(5),
      new Uint16Array(3),
      new DataView(new ArrayBuffer(9), 2, 4),
      12345,
      new Blob(['seven b']),
    ];
    for (const message of messages) here.send(message as string);
    await lab.until(far, 'message', () => got.length === messages.length);
    here.close();
    await lab.until(far, 'close', () => far.readyState === 'closed');
    await lab.quiet();
    return lab.finish().session;
  });
  const { events: all } = openFixture('data', events).log;
  const sizes = (type: ':data.sent' | ':data.received') =>
    all.flatMap((event) => (event.type === type ? [event.value.bytes] : []));
  expect(sizes(':data.sent')).toEqual([0, 5, 9, 5, 6, 4, 5, 7]);
  expect(sizes(':data.received')).toEqual(sizes(':data.sent'));
  const stateOf = (peer: string) =>
    all.flatMap((event) =>
      event.peer === peer && event.type === ':datachannel.state' ? [event.value.state] : [],
    );
  expect(stateOf('A').filter(notClosing)).toEqual(['connecting', 'open', 'closed']);
  expect(stateOf('B').filter(notClosing).slice(-2)).toEqual(['open', 'closed']);
  expect(JSON.stringify(all), 'text that nobody agreed to record').not.toContain('plain');
});
