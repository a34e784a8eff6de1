/**
 * A call by hand as a line of JavaScript, and the calls of a session as a program that runs when it is pasted into the
 * console of any page: both ends in one page, in the order that the learner chose where that order works.
 */
import type { ManualStep } from '../diagnosis/legal-steps.ts';
import type { Call } from '../projections/calls.ts';
import type { Facts } from '../projections/index.ts';

/** `A createOffer` */
type StepName = `${'A' | 'B'} ${ManualStep}`;

interface Line {
  readonly code: readonly string[];
  /** Those that it can not do without. */
  readonly after: readonly StepName[];
}

/** In the order of RFC 9429, section 3.2. */
const LINES: ReadonlyMap<StepName, Line> = new Map<StepName, Line>([
  [
    'A createDataChannel',
    {
      code: [
        "const channel = a.createDataChannel('icescope');",
        "channel.onopen = () => channel.send('hi');",
      ],
      after: [],
    },
  ],
  ['A createOffer', { code: ['const offer = await a.createOffer();'], after: ['A createDataChannel'] }],
  ['A setLocalDescription', { code: ['await a.setLocalDescription(offer);'], after: ['A createOffer'] }],
  ['A send', { code: ['const toB = JSON.stringify(a.localDescription);'], after: ['A setLocalDescription'] }],
  ['B setRemoteDescription', { code: ['await b.setRemoteDescription(JSON.parse(toB));'], after: ['A send'] }],
  ['B createAnswer', { code: ['const answer = await b.createAnswer();'], after: ['B setRemoteDescription'] }],
  ['B setLocalDescription', { code: ['await b.setLocalDescription(answer);'], after: ['B createAnswer'] }],
  ['B send', { code: ['const toA = JSON.stringify(b.localDescription);'], after: ['B setLocalDescription'] }],
  ['A setRemoteDescription', { code: ['await a.setRemoteDescription(JSON.parse(toA));'], after: ['B send'] }],
  [
    'A addIceCandidate',
    {
      code: ['for (const found of await foundByB) await a.addIceCandidate(found);'],
      after: ['A setRemoteDescription'],
    },
  ],
  [
    'B addIceCandidate',
    {
      code: ['for (const found of await foundByA) await b.addIceCandidate(found);'],
      after: ['B setLocalDescription'],
    },
  ],
]);

const HEAD: readonly string[] = [
  '// Paste me into the console of any page.',
  'const a = new RTCPeerConnection(), b = new RTCPeerConnection();',
  'const gathered = (pc) => new Promise((done) => {',
  '  const found = [];',
  '  pc.onicecandidate = ({ candidate }) => (candidate ? found.push(candidate) : done(found));',
  '});',
  'const foundByA = gathered(a), foundByB = gathered(b);',
  "b.ondatachannel = ({ channel }) => (channel.onmessage = ({ data }) => console.log('B reads', data));",
];

/** The line of one call, as the button of that call shows it; '' for one that the program has no place for. */
export const codeOf = (side: 'A' | 'B', step: ManualStep): string =>
  LINES.get(`${side} ${step}`)?.code[0] ?? '';

/** One call as its line of JavaScript, where it may come in any order and its descriptions are nobody's variable. */
export function lineOf({ peer, name, detail }: Call): string {
  const pc = peer.toLowerCase();
  switch (name) {
    case 'createDataChannel':
      return `const channel = ${pc}.createDataChannel('${detail}');`;
    case 'setLocalDescription':
      return detail === 'rollback'
        ? `await ${pc}.setLocalDescription({ type: 'rollback' });`
        : `await ${pc}.setLocalDescription();`;
    case 'setRemoteDescription':
      return `await ${pc}.setRemoteDescription(${detail === 'offer' ? 'theirOffer' : 'theirAnswer'});`;
    case 'addIceCandidate':
      return `await ${pc}.addIceCandidate(found);`;
    default:
      return '';
  }
}

/** Those calls that were done, each once, where it was done last. */
function doneIn({ calls, messages }: Facts): readonly StepName[] {
  const steps = [
    ...calls
      .toArray()
      .filter(({ outcome }) => outcome === 'resolved')
      .map(({ peer, name, startedAt }) => ({ step: `${peer} ${name}` as StepName, at: startedAt })),
    ...messages
      .toArray()
      .filter(({ kind }) => kind === 'offer' || kind === 'answer')
      .map(({ from, sentAt }) => ({ step: `${from} send` as StepName, at: sentAt ?? 0 })),
  ].sort((a, b) => a.at - b.at);
  const last = new Map<StepName, number>();
  steps.forEach(({ step }, place) => LINES.has(step) && last.set(step, place));
  return [...last].sort(([, a], [, b]) => a - b).map(([step]) => step);
}

/** What was done so far, as lines; a call that was made too early stands where it can work. */
export function programOf(facts: Facts): readonly string[] {
  const left = [...doneIn(facts)];
  const taken: StepName[] = [];
  for (;;) {
    const next = left.findIndex((step) => LINES.get(step)!.after.every((before) => taken.includes(before)));
    if (next < 0) break;
    taken.push(...left.splice(next, 1));
  }
  return taken.length === 0 ? [] : [...HEAD, ...taken.flatMap((step) => LINES.get(step)!.code)];
}

/** Whether all calls that make a connection are in it: then it runs to its end. */
export const isWhole = (program: readonly string[]): boolean =>
  [...LINES.values()].every(({ code }) => program.includes(code[0]!));
