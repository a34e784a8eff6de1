/** What is worth knowing of a connection and blames nobody. */
import type { Case } from './case.ts';
import type { Evidence } from './cause.ts';
import { inForce, shown } from './look.ts';
import { mungedAt } from './munged.ts';

export interface Note {
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

export const notesOf = (call: Case): readonly Note[] => [
  ...munged(call),
  ...lite(call),
  ...pending(call),
  ...bothWays(call),
  ...endOfCandidates(call),
];

const munged = (call: Case): readonly Note[] =>
  mungedAt(call.events).map(({ created, set, line, type, was, is }) => ({
    message:
      was === null
        ? `The ${type} was changed between create and set: only the order of its lines.`
        : `The ${type} was changed between create and set, first in line ${line}: “${was}” became “${is}”.`,
    evidence: [...shown(created, 'as created'), ...shown(set, 'as set', line)],
  }));

function lite({ otherDescriptions }: Case): readonly Note[] {
  const other = inForce(otherDescriptions);
  if (!other || !/^a=ice-lite/m.test(other.sdp)) return [];
  return [
    {
      message:
        'The other side is ICE-lite: it only answers checks, so all of them come from here (RFC 8445, section 2.5).',
      evidence: shown(other.event, 'ice-lite'),
    },
  ];
}

function pending({ ownDescriptions, states }: Case): readonly Note[] {
  const own = inForce(ownDescriptions);
  if (states?.signaling.current !== 'have-local-offer' || !own) return [];
  return [
    {
      message: 'A negotiation was still open at the end of the recording.',
      evidence: shown(own.event, 'the open offer'),
    },
  ];
}

function bothWays(call: Case): readonly Note[] {
  const { requests, responses, requestsReceived } = call.checks;
  if (requests + requestsReceived === 0) return [];
  const answers = call.pairs.reduce((sum, { responsesSent }) => sum + responsesSent, 0);
  return [
    {
      message: `Checks: ${requests} requests sent and ${responses} answered; ${requestsReceived} received and ${answers} answered.`,
      evidence: shown(call.readings.last?.id, 'the last statistics'),
    },
  ];
}

/** RFC 8838, section 9. */
function endOfCandidates({ events, remote }: Case): readonly Note[] {
  if (remote.length === 0) return [];
  const end = events.find(
    ({ type, value }) =>
      type === 'addIceCandidate' && ((value as { candidate?: string } | null)?.candidate ?? '') === '',
  );
  return end
    ? [
        {
          message: 'The other side said that no more candidates come.',
          evidence: shown(end.id, 'end of candidates'),
        },
      ]
    : [];
}
