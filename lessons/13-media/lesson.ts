import { isConnected, notConnected } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Exchange } from '../../src/core/projections/descriptions.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';

type Kind = 'audio' | 'video' | 'application';

const lastOf = ({ descriptions }: Facts): Exchange | undefined => descriptions.exchanges.last;
/** The sections of a description, each with its lines. */
const sectionsOf = (sdp = ''): readonly string[] => sdp.split(/^(?=m=)/m).slice(1);
const sectionOf = (kind: Kind, sdp: string | undefined): string =>
  sectionsOf(sdp).find((section) => section.startsWith(`m=${kind} `)) ?? '';
const directionOf = (section: string): string =>
  /^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(section)?.[1] ?? (section && 'sendrecv');
const isRefused = (section: string): boolean => /^m=\w+ 0 /.test(section);

const linesOf = (facts: Facts): readonly string[] =>
  (lastOf(facts)?.offer.sdp ?? '').split(/\r?\n/).filter(Boolean);
/** The line of A's offer that the learner clicked. */
const clicked = (facts: Facts, selection: Selection): string => {
  const [, place] = /^A\/local\/(\d+)$/.exec(selection?.kind === 'line' ? selection.id : '') ?? [];
  return linesOf(facts)[Number(place) - 1] ?? '';
};
const line =
  (begins: string) =>
  (facts: Facts): NonNullable<Selection> => ({
    kind: 'line',
    id: `A/local/${linesOf(facts).findIndex((text) => text.startsWith(begins)) + 1}`,
  });

/** The codec that B's answer names first: sound goes in it (RFC 3264, section 7). */
const first = (facts: Facts): string =>
  /^m=audio \d+ \S+ (\d+)/m.exec(lastOf(facts)?.answer?.sdp ?? '')?.[1] ?? '';
/** `48000` of `a=rtpmap:111 opus/48000/2`. */
const rateOf = (facts: Facts): string =>
  new RegExp(`^a=rtpmap:${first(facts)} [^/]+/(\\d+)`, 'm').exec(lastOf(facts)?.offer.sdp ?? '')?.[1] ?? '';

/** What the newest exchange lacks of these kinds, as a sentence; '' where it is answered and has them. */
function lacks(facts: Facts, kinds: readonly ('audio' | 'video')[]): string {
  if (!isConnected(facts)) return notConnected(facts);
  const missing = kinds.find((kind) => sectionOf(kind, lastOf(facts)?.offer.sdp) === '');
  if (missing) return `A has offered no ${missing} yet. Press Add ${missing}.`;
  return lastOf(facts)?.outcome === 'answered' ? '' : 'B has not answered yet. Wait a moment.';
}

const SHOW = ['descriptions'] as const;

export default defineLesson({
  diagrams: ['descriptions', 'ladder', 'paths', 'transports'],
  steps: {
    sections: {
      run: { kind: 'connect' },
      stage: { show: SHOW },
      check: (facts) => lacks(facts, ['audio', 'video']) || true,
      solution: [{ press: 'Connect' }, { press: 'Add audio' }, { press: 'Add video' }],
      mistake: [{ press: 'Connect' }, { press: 'Add audio' }],
    },
    bundle: {
      stage: { show: SHOW, at: 'end' },
      check(facts, { selection }) {
        const missing = lacks(facts, ['audio', 'video']);
        if (missing) return `${missing} The steps before tell how.`;
        const text = clicked(facts, selection);
        if (text === '') return 'No line is selected. Click the line of A’s offer that lists the sections.';
        return (
          text.startsWith('a=group:BUNDLE') ||
          'That line is about something else. Look for a=group, near the top of A’s offer.'
        );
      },
      solution: [{ select: line('a=group:BUNDLE') }],
      mistake: [{ select: line('s=') }],
      shows: { path: { show: ['paths'], at: 'end' } },
    },
    direction: {
      run: {
        kind: 'connect',
        dials: [
          {
            kind: 'choose',
            id: 'answers',
            label: 'B',
            options: { sendrecv: 'speaks too', recvonly: 'only listens', inactive: 'not now' },
          },
        ],
      },
      stage: { show: SHOW },
      check(facts) {
        const missing = lacks(facts, ['audio']);
        if (missing) return missing;
        const direction = directionOf(sectionOf('audio', lastOf(facts)?.answer?.sdp));
        return (
          direction === 'recvonly' ||
          `B has answered ${direction}. Set B to “only listens”, press Connect, and Add audio once more.`
        );
      },
      solution: [{ turn: 'answers', to: 'recvonly' }, { press: 'Connect' }, { press: 'Add audio' }],
      mistake: [{ turn: 'answers', to: 'inactive' }, { press: 'Connect' }, { press: 'Add audio' }],
    },
    codecs: {
      stage: { show: SHOW, at: 'end' },
      check(facts, { answers }) {
        const missing = lacks(facts, ['audio']);
        if (missing) return `${missing} The step before tells how.`;
        const rate = (answers['rate'] ?? '').trim();
        if (rate === '') return 'The field is empty. Look for a=rtpmap in A’s offer, below m=audio.';
        return (
          rate === rateOf(facts) ||
          `${rate} is not it. Number ${first(facts)} stands first in B’s m=audio line: look for a=rtpmap:${first(facts)}.`
        );
      },
      solution: [{ type: rateOf, into: 'rate' }],
      mistake: [{ type: '111', into: 'rate' }],
    },
    refuse: {
      run: { kind: 'connect' },
      stage: { show: SHOW },
      check(facts) {
        const missing = lacks(facts, ['video']);
        if (missing) return missing;
        const { offer, answer } = lastOf(facts)!;
        if (!isRefused(sectionOf('video', offer.sdp))) return 'The picture is still on. Press Stop video.';
        return isRefused(sectionOf('video', answer?.sdp)) || 'B has not said yes to that yet. Wait a moment.';
      },
      solution: [{ press: 'Connect' }, { press: 'Add video' }, { press: 'Stop video' }],
      mistake: [{ press: 'Connect' }, { press: 'Add video' }],
    },
  },
});
