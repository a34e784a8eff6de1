import { isConnected, isRelayed, localCandidates, notConnected } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';
import { decodeBase64 } from '../../src/core/base/base64.ts';
import { xorRelayedAddress } from '../../src/core/stun/attributes/allocation.ts';
import { errorCode } from '../../src/core/stun/attributes/message.ts';
import { channelNumber } from '../../src/core/stun/attributes/relaying.ts';
import { type StunMessage, decodeMessage, get } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';

const SHOW = ['packets'] as const;
const NO_PACKETS = 'No packet was seen. Go back a step, press Connect there, and come here again.';

const relayOf = (facts: Facts): string =>
  localCandidates(facts).find(({ type }) => type === 'relay')?.key ?? '';
const selectRelay = (facts: Facts): NonNullable<Selection> => ({ kind: 'candidate', id: relayOf(facts) });

/** What A and the server said to each other, as far as it is STUN or TURN. */
const talkOf = ({ packets }: Facts): readonly StunMessage[] =>
  packets.list.toArray().flatMap(({ peer, packet }) => {
    const read = decodeMessage(decodeBase64(packet.bytes) ?? new Uint8Array(0));
    return peer === 'A' && packet.seenAt === 'server' && read.ok ? [read.value] : [];
  });

const lentPort = (facts: Facts): string =>
  String(talkOf(facts).flatMap((message) => get(message, xorRelayedAddress)?.port ?? [])[0] ?? '');

const isLent = (facts: Facts): boolean => lentPort(facts) !== '';

/** `4000`, in hexadecimal. */
const channel = (facts: Facts): string =>
  talkOf(facts)
    .flatMap((message) => get(message, channelNumber) ?? [])[0]
    ?.toString(16) ?? '';

const refusals = (facts: Facts): number =>
  talkOf(facts).filter(
    (message) => message.method === methods.allocate.number && get(message, errorCode)?.code === 401,
  ).length;

/** Eight bytes that went to the other end, and came back. */
const isMeasured = ({ data }: Facts): boolean =>
  ['A', 'B'].every((from) =>
    data.messages
      .toArray()
      .some((sent) => sent.from === from && sent.bytes === 8 && sent.receivedAt !== null),
  );

const typed = (answer: string | undefined): string => (answer ?? '').trim().toLowerCase();

const NOT_MEASURED = 'The way was not measured yet. Press Measure the way there and back.';

function byRelay(facts: Facts): true | string {
  if (!isConnected(facts)) return notConnected(facts);
  return isRelayed(facts) || 'They found another way than the relay. Press Connect once more.';
}

export default defineLesson({
  diagrams: ['paths', 'gathering', 'packets'],
  steps: {
    last: {
      run: { kind: 'recording', file: 'through-turn' },
      stage: { show: ['paths'], at: 'end' },
      check(facts, { selection }) {
        if (facts.peers.length === 0) return 'The recording is not there yet. Wait a moment.';
        if (selection?.kind !== 'candidate')
          return 'No candidate is selected. Click one in the picture, and it turns yellow.';
        return (
          localCandidates(facts).some(({ key, type }) => key === selection.id && type === 'relay') ||
          'That is another kind of candidate, or one of B. Look for the row that says TURN, below A.'
        );
      },
      solution: [{ open: 'gathering' }, { select: selectRelay }],
    },
    ask: {
      run: { kind: 'connect', ways: 'relay', needs: 'turn', recording: 'relay' },
      stage: { show: SHOW, at: 'end' },
      check: byRelay,
      solution: [{ press: 'Connect' }],
      shows: { top: { show: SHOW, at: isLent } },
    },
    lease: {
      stage: { show: SHOW, at: isLent },
      check(facts, { answers }) {
        if (facts.packets.list.length === 0) return NO_PACKETS;
        const port = typed(answers['lent']);
        if (port === '') return 'The field is empty. Look into the Allocate success that goes to A.';
        return (
          port === lentPort(facts) ||
          `${port} is not the port that TURN lends to A. Look behind the last colon of XOR-RELAYED-ADDRESS.`
        );
      },
      solution: [{ type: lentPort, into: 'lent' }],
      mistake: [{ type: '3478', into: 'lent' }],
    },
    'let-in': {
      stage: { show: SHOW, at: (facts) => channel(facts) !== '' },
      check(facts, { answers }) {
        if (facts.packets.list.length === 0) return NO_PACKETS;
        const number = typed(answers['channel']).replace(/^0x/, '');
        if (number === '') return 'The field is empty. Look for ChannelBind request from A.';
        if (number !== channel(facts))
          return `TURN was told another number than ${number}. It begins with 0x, in the row ChannelBind request.`;
        return isMeasured(facts) || NOT_MEASURED;
      },
      solution: [{ type: channel, into: 'channel' }, { press: 'Measure the way there and back' }],
      mistake: [{ type: '36', into: 'channel' }],
    },
    direct: {
      run: { kind: 'connect', ways: 'direct' },
      stage: { show: ['paths'] },
      check(facts) {
        if (!isConnected(facts)) return notConnected(facts);
        return isMeasured(facts) || NOT_MEASURED;
      },
      solution: [{ press: 'Connect' }, { press: 'Measure the way there and back' }],
      mistake: [{ press: 'Connect' }],
    },
    wrong: {
      run: { kind: 'connect', ways: 'relay', needs: 'turn', recording: 'wrong-password' },
      stage: { show: SHOW, at: 'end' },
      check(facts) {
        if (facts.peers.length === 0)
          return 'Nothing was asked yet. Type a wrong password, and press Connect.';
        if (relayOf(facts) !== '')
          return 'TURN lent an address: that password was right. Type a wrong one, and press Connect again.';
        return refusals(facts) > 1 || 'A is still asking. Wait a moment, then press Check again.';
      },
      solution: [{ type: '77', into: 'password' }, { press: 'Connect' }],
      mistake: [{ type: '', into: 'password' }, { press: 'Connect' }],
    },
    mend: {
      run: { kind: 'connect', ways: 'relay', needs: 'turn', recording: 'relay' },
      stage: { show: SHOW, at: 'end' },
      check: byRelay,
      solution: [{ press: 'Connect' }],
      shows: { start: { show: SHOW, at: isLent } },
    },
  },
});
