import { isConnected, notConnected } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Call } from '../../src/core/projections/calls.ts';
import type { Exchange } from '../../src/core/projections/descriptions.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';

const NO_OFFER = 'There is no letter yet. Press Write an offer first.';
const SHOW = ['descriptions'] as const;

const lastOf = ({ descriptions }: Facts): Exchange | undefined => descriptions.exchanges.last;
const linesOf = (facts: Facts): readonly string[] =>
  (lastOf(facts)?.offer.sdp ?? '').split(/\r?\n/).filter(Boolean);

/** What stands behind the name of the first line that begins so. */
const valueOf = (facts: Facts, name: string): string =>
  linesOf(facts)
    .find((line) => line.startsWith(name))
    ?.slice(name.length) ?? '';

/** The line of A's offer that the learner clicked. */
const clicked = (facts: Facts, selection: Selection): string => {
  const [, place] = /^A\/local\/(\d+)$/.exec(selection?.kind === 'line' ? selection.id : '') ?? [];
  return linesOf(facts)[Number(place) - 1] ?? '';
};

const line =
  (name: string) =>
  (facts: Facts): NonNullable<Selection> => ({
    kind: 'line',
    id: `A/local/${linesOf(facts).findIndex((text) => text.startsWith(name)) + 1}`,
  });

const typed = (answer: string | undefined): string => (answer ?? '').trim();

/** `111` of `a=rtpmap:111 opus/48000/2`. */
const opus = (facts: Facts): string =>
  /^a=rtpmap:(\d+) opus\//im.exec(lastOf(facts)?.offer.sdp ?? '')?.[1] ?? '';

/** What B's browser said to the newest letter that it was given. */
const reading = ({ calls }: Facts): Call | undefined =>
  calls.toArray().findLast(({ peer, name }) => peer === 'B' && name === 'setRemoteDescription');

/** What the copied letter says, once it is mended. */
const MENDED = `v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:8hhY
a=ice-pwd:asd88fgpdd777uzjYhagZg
a=fingerprint:sha-256 31:56:D5:61:9F:A0:6E:2B:4C:6F:FF:8F:86:7B:54:48:7C:69:D7:D1:C1:80:1F:9B:11:36:E0:CC:56:33:02:28
a=setup:actpass
a=mid:0
a=sctp-port:5000`;

export default defineLesson({
  diagrams: ['descriptions', 'ladder'],
  steps: {
    write: {
      run: { kind: 'offer' },
      stage: { show: SHOW },
      outcomes: {
        'how-long': (facts) => [3, 60, Infinity].findIndex((most) => linesOf(facts).length < most),
      },
      check: (facts) => lastOf(facts) !== undefined || NO_OFFER,
      solution: [{ press: 'Write an offer' }],
    },
    section: {
      stage: { show: SHOW, at: 'end' },
      check(facts, { selection, answers }) {
        if (!lastOf(facts)) return NO_OFFER;
        if (!clicked(facts, selection).startsWith('m='))
          return 'The line with m= is not selected. Click it in the picture, and it turns yellow.';
        const name = typed(answers['name']);
        if (name === '') return 'The field is empty. Type what stands behind a=mid: in your letter.';
        return (
          name === valueOf(facts, 'a=mid:') ||
          `No section is called “${name}”. Look behind a=mid: in your letter, and type just that.`
        );
      },
      solution: [{ select: line('m=') }, { type: (facts) => valueOf(facts, 'a=mid:'), into: 'name' }],
      mistake: [{ select: line('m=') }, { type: '9', into: 'name' }],
    },
    door: {
      stage: { show: SHOW, at: 'end' },
      check(facts, { selection }) {
        if (!lastOf(facts)) return NO_OFFER;
        const text = clicked(facts, selection);
        if (text === '') return 'No line is selected. Look for the short name that is asked for at the door.';
        if (text.startsWith('a=ice-pwd'))
          return 'That is the password. The ufrag stands in a line of its own.';
        return text.startsWith('a=ice-ufrag:') || 'That line is about something else. Look for ufrag in it.';
      },
      solution: [{ select: line('a=ice-ufrag') }],
      mistake: [{ select: line('a=ice-pwd') }],
    },
    seal: {
      stage: { show: SHOW, at: 'end' },
      check(facts, { selection, answers }) {
        if (!lastOf(facts)) return NO_OFFER;
        if (!clicked(facts, selection).startsWith('a=fingerprint:'))
          return 'The fingerprint is not selected. It stands in the line that begins with a=fingerprint.';
        const pairs = typed(answers['pairs']);
        if (pairs === '') return 'The field is empty. How often do 8 bits go into 256?';
        const value = valueOf(facts, 'a=fingerprint:').split(' ')[1] ?? '';
        return (
          pairs === String(value.split(':').length) ||
          `It has more or less than ${pairs}. Divide 256 by 8, or count the pairs.`
        );
      },
      solution: [{ select: line('a=fingerprint') }, { type: '32', into: 'pairs' }],
      mistake: [{ select: line('a=fingerprint') }, { type: '256', into: 'pairs' }],
    },
    audio: {
      run: { kind: 'connect' },
      stage: { show: SHOW },
      check(facts, { answers }) {
        if (!isConnected(facts)) return notConnected(facts);
        if (lastOf(facts)?.number === 1) return 'A has only offered a chat so far. Press Add audio.';
        if (lastOf(facts)?.outcome !== 'answered') return 'B has not answered yet. Wait a moment.';
        const number = typed(answers['opus']);
        if (number === '') return 'The field is empty. Look for opus in the new lines of the offer.';
        return (
          number === opus(facts) ||
          `${number} is not opus in this letter. Look for a=rtpmap: with opus, and type the number in between.`
        );
      },
      solution: [{ press: 'Connect' }, { press: 'Add audio' }, { type: opus, into: 'opus' }],
      mistake: [{ press: 'Connect' }, { press: 'Add audio' }, { type: '48000', into: 'opus' }],
    },
    mend: {
      run: { kind: 'offer' },
      stage: { show: ['ladder'] },
      check(facts) {
        const read = reading(facts);
        if (!read) return 'B has not seen the letter yet. Press Give it to B.';
        if (read.outcome === 'rejected')
          return `B refuses it: “${read.error?.message ?? ''}” Mend what stands below the letter, and give it to B again.`;
        return read.outcome === 'resolved' || 'B is still reading. Wait a moment.';
      },
      solution: [{ type: MENDED, into: 'letter' }, { press: 'Give it to B' }],
      mistake: [{ press: 'Give it to B' }],
    },
  },
});
