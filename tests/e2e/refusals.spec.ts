/**
 * The words that we say Chromium refuses a description with, held against Chromium: one page, one change of a description each.
 * Chromium only: the words are its own.
 */
import { adviceFor } from '../../src/core/sdp/browsers/advice.ts';
import { chromiumRefusal } from '../../src/core/sdp/browsers/chromium.ts';
import { readDescription } from '../../src/core/sdp/structure.ts';
import { munges } from '../fixtures/make/sdp/munges.ts';
import { expect, test } from './app.ts';

/** One change for each of the words, and to which description. */
const CHANGES = [
  ['noFp', 'offer'],
  ['noIce', 'answer'],
  ['shortPwd', 'offer'],
  ['noMux', 'offer'],
  ['noMuxNoGroup', 'offer'],
  ['swapped', 'answer'],
  ['bundleUnknown', 'offer'],
  ['bundleTwice', 'offer'],
  ['dupMid', 'offer'],
  ['setupActpass', 'answer'],
  ['fpShort', 'answer'],
  ['noRtpmaps', 'offer'],
  ['extDup', 'offer'],
  ['aptBad', 'offer'],
  ['noEol', 'offer'],
  ['noV', 'offer'],
  ['rejectAudio', 'answer'],
] as const;

test('Chromium refuses in the words that we give @chromium', async ({ app: page }) => {
  const said: string[] = [];
  for (const [munge, role] of CHANGES) {
    const pair = await page.evaluate(makePair);
    const sdp = munges[munge]!(pair[role]);
    const offer = role === 'answer' ? { offer: readDescription(pair.offer) } : {};
    const refusal = chromiumRefusal({ text: sdp, description: readDescription(sdp), type: role, ...offer });
    const says = adviceFor(refusal?.reason ?? '')?.says;
    expect(says, `${munge} ${role}: ${refusal?.reason}`).toBeDefined();
    const message = await page.evaluate(take, { sdp, role });
    expect(message, munge).toContain(says);
    said.push(says!);
  }
  expect(new Set(said).size).toBe(CHANGES.length);
});

/** What the finding `fmtp-repeated` says of the two browsers. */
test('of two fmtp lines for one payload type Chromium joins both and Firefox takes the first', async ({
  app: page,
}, { project }) => {
  const line = await page.evaluate(async () => {
    const a = new RTCPeerConnection();
    const b = new RTCPeerConnection();
    const sender = a.addTransceiver('audio').sender;
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription!);
    const { sdp = '' } = await b.createAnswer();
    const munged = sdp.replace(
      /(a=fmtp:)(\d+)( .*useinbandfec.*\r\n)/,
      '$1$2$3$1$2 maxaveragebitrate=128000\r\n',
    );
    await a.setRemoteDescription({ type: 'answer', sdp: munged });
    const [codec] = sender.getParameters().codecs;
    a.close();
    b.close();
    return codec?.sdpFmtpLine ?? '';
  });
  expect(line).toContain('useinbandfec=1');
  expect(line.includes('maxaveragebitrate=128000')).toBe(project.name === 'chromium');
});

interface Peers {
  offerer: RTCPeerConnection;
  answerer: RTCPeerConnection;
}

async function makePair(): Promise<{ offer: string; answer: string }> {
  const kept = window as unknown as Peers;
  kept.offerer = new RTCPeerConnection();
  kept.answerer = new RTCPeerConnection();
  kept.offerer.addTransceiver('audio');
  kept.offerer.addTransceiver('video');
  kept.offerer.createDataChannel('x');
  await kept.offerer.setLocalDescription();
  const other = new RTCPeerConnection();
  await other.setRemoteDescription(kept.offerer.localDescription!);
  const { sdp = '' } = await other.createAnswer();
  other.close();
  return { offer: kept.offerer.localDescription!.sdp, answer: sdp };
}

/** The message of the exception; '' when there is none. */
async function take({ sdp, role }: { sdp: string; role: 'offer' | 'answer' }): Promise<string> {
  const { offerer, answerer } = window as unknown as Peers;
  try {
    await (role === 'offer' ? answerer : offerer).setRemoteDescription({ type: role, sdp });
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    offerer.close();
    answerer.close();
  }
}
