import { localCandidates } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';
import { decodeBase64 } from '../../src/core/base/base64.ts';
import { xorMappedAddress } from '../../src/core/stun/attributes/addresses.ts';
import { describePacket } from '../../src/core/stun/describe.ts';

/** A question to STUN or its answer, read from the bytes that the server saw. */
interface Read {
  readonly size: number;
  /** The port in the answer; null in a question. */
  readonly port: number | null;
  /** XOR-MAPPED-ADDRESS, as a selection names bytes. */
  readonly bytes: string;
}

function readings(facts: Facts): readonly Read[] {
  return facts.packets.list.toArray().flatMap(({ id, peer, packet }) => {
    const bytes = decodeBase64(packet.bytes) ?? new Uint8Array(0);
    const { summary, fields } = describePacket(bytes);
    if (peer !== 'A' || !summary.startsWith('Binding ')) return [];
    const field = fields.find(({ name }) => name === xorMappedAddress.id);
    const port = field ? Number(/\d+$/.exec(field.value)?.[0]) : null;
    return [{ size: bytes.length, port, bytes: `${id}@${field?.start}-${field?.end}` }];
  });
}

const question = (facts: Facts): Read | undefined => readings(facts).find(({ port }) => port === null);
const answer = (facts: Facts): Read | undefined => readings(facts).find(({ port }) => port !== null);
const isAsked = (facts: Facts): boolean => question(facts) !== undefined;
const isAnswered = (facts: Facts): boolean => answer(facts) !== undefined;
const own = (facts: Facts, type: Candidate['type']): Candidate | undefined =>
  localCandidates(facts, 'A').find((one) => one.type === type && one.protocol === 'udp');

const typed = (text: string | undefined): number => Number((text ?? '').replace(/[\s.,’']/g, '') || NaN);
const NOT_ASKED = 'There is no answer of STUN yet. Press Gather first, and wait a second.';

const select = (facts: Facts, type: Candidate['type']): NonNullable<Selection> => ({
  kind: 'candidate',
  id: own(facts, type)?.key ?? '',
});

export default defineLesson({
  diagrams: ['packets', 'gathering', 'paths'],
  steps: {
    ask: {
      run: { kind: 'gather', ways: 'stun', needs: 'stun', recording: 'gather' },
      stage: { show: ['packets'], at: 'end' },
      check(facts) {
        if (localCandidates(facts).length === 0) return 'Nothing was asked yet. Press Gather.';
        return answer(facts) !== undefined || NOT_ASKED;
      },
      solution: [{ press: 'Gather' }],
    },
    question: {
      stage: { show: ['packets'], at: isAsked },
      check(facts, { answers }) {
        const size = question(facts)?.size;
        if (size === undefined) return NOT_ASKED;
        const guess = typed(answers['question-size']);
        if (Number.isNaN(guess))
          return 'The field is empty. Add up the first column of the table: two, two, four, twelve.';
        if (guess === 16) return 'Nearly: the four bytes that are always the same count too.';
        return guess === size || `It is not ${guess}. Two and two, four, and twelve: add them up.`;
      },
      solution: [{ type: (facts) => String(question(facts)?.size), into: 'question-size' }],
      mistake: [{ type: '16', into: 'question-size' }],
    },
    answer: {
      stage: { show: ['packets'], at: isAnswered },
      shows: { mark: { select: (facts) => ({ kind: 'bytes', id: answer(facts)?.bytes ?? '' }) } },
      check(facts, { answers }) {
        const port = answer(facts)?.port;
        if (port === undefined) return NOT_ASKED;
        const guess = typed(answers['mapped-port']);
        if (Number.isNaN(guess)) return 'The field is empty. The port is the number behind the last colon.';
        if (guess === 3478) return '3478 is the port at which STUN servers wait. Yours stands in the answer.';
        return guess === port || `${guess} is not in the answer. Look for XOR-MAPPED-ADDRESS.`;
      },
      solution: [{ type: (facts) => String(answer(facts)?.port), into: 'mapped-port' }],
      mistake: [{ type: '3478', into: 'mapped-port' }],
    },
    candidate: {
      stage: { show: ['gathering'], at: 'end' },
      check(facts, { selection }) {
        const reflexive = own(facts, 'srflx');
        if (!reflexive) return NOT_ASKED;
        if (selection?.kind !== 'candidate') return 'No candidate is selected yet. Click the blue diamond.';
        if (selection.id === reflexive.key) return true;
        return 'That one did not come from STUN. Click the blue diamond: server reflexive.';
      },
      solution: [{ select: (facts) => select(facts, 'srflx') }],
    },
    router: {
      run: { kind: 'recording', file: 'behind-a-nat' },
      stage: { show: ['packets'], at: isAsked },
      shows: { inside: { show: ['gathering'], select: (facts) => select(facts, 'host') } },
      check(facts, { atCursor, answers }) {
        const port = answer(facts)?.port;
        if (port === undefined)
          return 'The recording is not open yet. Wait a moment, then press Check again.';
        if (!answer(atCursor)) return 'STUN has not answered yet. Press Step forward.';
        const guess = typed(answers['router-port']);
        if (Number.isNaN(guess)) return 'The field is empty. The port stands in the answer of STUN.';
        if (guess === own(facts, 'host')?.port)
          return `${guess} is the port inside. The router put another in its place.`;
        return guess === port || `It is not ${guess}. Select Binding success, and read its address.`;
      },
      solution: [
        { type: (facts) => String(answer(facts)?.port), into: 'router-port' },
        { stepUntil: isAnswered },
      ],
      mistake: [{ type: '3500', into: 'router-port' }],
    },
  },
});
