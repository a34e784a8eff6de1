import { localCandidates } from '../../src/core/lessons/ask.ts';
import { type Board, turnedOf } from '../../src/core/lessons/board.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Facts } from '../../src/core/projections/index.ts';

const NOTHING_YET = 'Nothing is found yet. Press Gather, and wait a moment.';

/** What the other side, and the page, may learn of addresses. */
const LEARNS: Board = {
  dials: [
    {
      kind: 'choose',
      id: 'camera',
      label: 'Camera',
      options: { no: 'not asked for', yes: 'allowed' },
    },
    {
      kind: 'choose',
      id: 'servers',
      label: 'Servers',
      options: { none: 'none', stun: 'STUN', turn: 'TURN' },
    },
    { kind: 'choose', id: 'policy', label: 'Policy', options: { all: 'all', relay: 'relay' } },
  ],
  says({ camera, servers, policy }) {
    if (policy === 'relay')
      return servers === 'turn'
        ? 'It learns the address of your TURN server, and none of yours. The TURN server knows yours.'
        : 'It learns nothing, and you can not connect: only a TURN server gives a relay candidate.';
    const own =
      camera === 'yes' ? 'the address of your machine at home' : 'a random name in place of your own address';
    if (servers === 'none') return `It learns ${own}. A call outside your network will hardly come about.`;
    return servers === 'stun'
      ? `It learns ${own}, and your outside address, by which anybody on the internet finds your router.`
      : `It learns ${own}, your outside address, and that of your TURN server. A relay hides nothing while others are told too.`;
  },
};

/** The description that B has read last. */
const readBy = ({ descriptions }: Facts): string => {
  const { pendingRemote, currentRemote } = descriptions.byPeer['B'] ?? {};
  return (pendingRemote ?? currentRemote)?.sdp ?? '';
};
const TELLTALE = ['192.168.1.23', '198.51.100.7'] as const;

const REDACTED = `v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=candidate:1 1 udp 2122260223 192.0.2.1 51234 typ host
a=candidate:2 1 udp 1686052607 192.0.2.2 51234 typ srflx raddr 192.0.2.1 rport 51234
a=ice-ufrag:8hhY
a=ice-pwd:asd88fgpdd777uzjYhagZg
a=fingerprint:sha-256 31:56:D5:61:9F:A0:6E:2B:4C:6F:FF:8F:86:7B:54:48:7C:69:D7:D1:C1:80:1F:9B:11:36:E0:CC:56:33:02:28
a=setup:actpass
a=mid:0
a=sctp-port:5000`;

export default defineLesson({
  diagrams: ['gathering', 'ladder', 'descriptions'],
  steps: {
    names: {
      run: { kind: 'gather', ways: 'direct' },
      stage: { show: ['gathering'], at: 'end' },
      outcomes: {
        own: (facts) => (localCandidates(facts).some(({ address }) => address.endsWith('.local')) ? 1 : 0),
      },
      check: (facts) => localCandidates(facts).length > 0 || NOTHING_YET,
      solution: [{ press: 'Gather' }],
    },
    learns: {
      stage: { show: ['gathering'], at: 'end' },
      boards: { learns: LEARNS },
      check(facts, { answers }) {
        if (localCandidates(facts).length === 0) return `${NOTHING_YET} It is in the step before this.`;
        const { servers, policy } = turnedOf(LEARNS.dials, answers);
        if (policy !== 'relay') return 'The other side still learns something of you. Try another Policy.';
        return servers === 'turn' || 'Like this you can not connect. Which of the Servers gives a relay?';
      },
      solution: [
        { turn: 'servers', to: 'turn' },
        { turn: 'policy', to: 'relay' },
      ],
      mistake: [{ turn: 'policy', to: 'relay' }],
    },
    relay: {
      run: { kind: 'gather', ways: 'relay', needs: 'turn', recording: 'relay' },
      stage: { show: ['gathering'], at: 'end' },
      check(facts) {
        const found = localCandidates(facts);
        if (found.length === 0) return NOTHING_YET;
        return (
          found.every(({ type }) => type === 'relay') ||
          'Other candidates than those of a relay are here. Press Gather.'
        );
      },
      solution: [{ press: 'Gather' }],
    },
    share: {
      run: { kind: 'offer' },
      stage: { show: ['ladder'] },
      check(facts) {
        const sdp = readBy(facts);
        if (sdp === '') return 'B has not read the letter, or has refused it. Press Give it to B.';
        const left = TELLTALE.find((address) => sdp.includes(address));
        return (
          left === undefined ||
          `${left} still stands in the letter that B has read. Write 192.0.2.1 or 192.0.2.2 in its place.`
        );
      },
      solution: [{ type: REDACTED, into: 'letter' }, { press: 'Give it to B' }],
      mistake: [{ press: 'Give it to B' }],
    },
  },
});
