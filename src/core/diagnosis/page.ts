/** What the page handed to its connection: descriptions and candidates, each with what came of it. */
import { readCandidate } from '../projections/candidates.ts';
import { type CandidateInit, type Description, type SessionEvent, readFailure } from '../session/event.ts';

export interface HeldDescription extends Description {
  readonly at: number;
  /** Of the call that set it. */
  readonly event: string;
  /** Why the browser refused it; null for one that it took. */
  readonly refused: { readonly event: string; readonly name: string; readonly message: string } | null;
}

export interface GivenCandidate {
  readonly at: number;
  readonly event: string;
  readonly init: CandidateInit;
  readonly parsed: ReturnType<typeof readCandidate>;
  readonly refused: { readonly event: string; readonly name: string; readonly message: string } | null;
  /** No remote description had been set when it was given. */
  readonly isEarly: boolean;
  /** Of one that stood in a description: its line, counted from 1. */
  readonly line: number | null;
}

interface Page {
  readonly given: readonly GivenCandidate[];
  readonly ownDescriptions: readonly HeldDescription[];
  readonly otherDescriptions: readonly HeldDescription[];
}

type Refusal = HeldDescription['refused'];

/** Calls whose outcome was not recorded count as taken: Chromium's dumps tell only of candidates that were refused. */
export function readPage(events: readonly SessionEvent[]): Page {
  const given: GivenCandidate[] = [];
  const own: HeldDescription[] = [];
  const other: HeldDescription[] = [];
  const calls = new Map<string, { readonly list: { refused: Refusal }[]; readonly place: number }>();
  const begin = <T extends { refused: Refusal }>(event: SessionEvent, list: T[], item: T): void => {
    list.push(item);
    calls.set(keyOf(event), { list, place: list.length - 1 });
  };
  for (const event of events) {
    switch (event.type) {
      case 'setLocalDescription':
      case 'setRemoteDescription': {
        const { type, sdp } = event.value ?? { type: '', sdp: '' };
        const list = event.type === 'setLocalDescription' ? own : other;
        begin(event, list, { type, sdp: sdp ?? '', at: event.at, event: event.id, refused: null });
        if (list === other) given.push(...within(list.at(-1)!));
        break;
      }
      case 'addIceCandidate':
        if (event.value?.candidate)
          begin(event, given, {
            at: event.at,
            event: event.id,
            init: event.value,
            parsed: readCandidate(event.value.candidate),
            refused: null,
            isEarly: !other.some(({ refused }) => refused === null),
            line: null,
          });
        break;
      case 'setLocalDescriptionOnSuccess':
      case 'setRemoteDescriptionOnSuccess': {
        const call = calls.get(keyOf(event));
        // An implicit setLocalDescription tells only afterwards what it set.
        if (call && event.value?.sdp) Object.assign(call.list[call.place]!, event.value);
        break;
      }
      case 'setLocalDescriptionOnFailure':
      case 'setRemoteDescriptionOnFailure':
      case 'addIceCandidateOnFailure': {
        const call = calls.get(keyOf(event));
        if (call) call.list[call.place]!.refused = { event: event.id, ...readFailure(event.value) };
        break;
      }
      default:
    }
  }
  return { given, ownDescriptions: own, otherDescriptions: other };
}

/** Candidates that came inside a description. */
function within({ sdp, at, event }: HeldDescription): readonly GivenCandidate[] {
  let sdpMLineIndex = -1;
  return sdp.split('\n').flatMap((text, index): readonly GivenCandidate[] => {
    if (text.startsWith('m=')) sdpMLineIndex++;
    if (!text.startsWith('a=candidate:')) return [];
    const candidate = text.slice(2).trim();
    const init = { candidate, sdpMid: null, sdpMLineIndex };
    const parsed = readCandidate(candidate);
    return [{ at, event, init, parsed, refused: null, isEarly: false, line: index + 1 }];
  });
}

const keyOf = ({ type, correlation }: SessionEvent): string =>
  `${type.replace(/On(?:Success|Failure)$/, '')} ${correlation ?? ''}`;
