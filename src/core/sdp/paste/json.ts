/** RTCSessionDescription and RTCIceCandidate as JSON (W3C WebRTC), alone or anywhere inside something larger. */
import { type Result, fail, ok } from '../../base/result.ts';
import { guessType, readDescription, type DescriptionType } from '../structure.ts';
import { FORMS, type Paste, type PastedCandidate, type PastedDescription, paired, paste } from './paste.ts';

export function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return fail({
      message: `This does not look like SDP: it begins like JSON, but is not: ${(error as Error).message}. Accepted are: ${FORMS}.`,
      where: 'line 1',
      found: text.slice(0, 60),
      expected: FORMS,
    });
  }
}

/** What JSON holds of descriptions and candidates; a failure where that is nothing. */
export function readJsonValue(value: unknown): Result<Paste> {
  const found = collect(value);
  if (found.descriptions.length > 0) return ok(jsonDescriptions(found));
  if (found.candidates.length > 0) return ok(jsonCandidates(found.candidates));
  return fail({
    message: `This does not look like SDP: it is JSON without "sdp" or "candidate". Accepted are: ${FORMS}.`,
    where: 'line 1',
    found: 'JSON',
    expected: FORMS,
  });
}

interface Found {
  readonly descriptions: PastedDescription[];
  readonly candidates: PastedCandidate[];
}

const LARGEST_JSON = 10_000;

/** Looks for descriptions and candidates anywhere inside, without recursion: JSON can be nested ten thousand times. */
function collect(root: unknown): Found {
  const found: Found = { descriptions: [], candidates: [] };
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < LARGEST_JSON; at += 1) {
    const value = queue[at];
    if (typeof value !== 'object' || value === null) continue;
    const entry = value as Readonly<Record<string, unknown>>;
    if (typeof entry['sdp'] === 'string') found.descriptions.push(fromJson(entry['sdp'], entry['type']));
    if (typeof entry['candidate'] === 'string')
      found.candidates.push(candidateFromJson(entry, entry['candidate']));
    queue.push(...Object.values(entry).slice(0, LARGEST_JSON));
  }
  return found;
}

const TYPES: readonly DescriptionType[] = ['offer', 'answer', 'pranswer', 'rollback'];

function fromJson(sdp: string, type: unknown): PastedDescription {
  const known = TYPES.find((name) => name === type);
  return { type: known ?? guessType(readDescription(sdp)), sdp, firstLine: 1, complete: true };
}

function candidateFromJson(entry: Readonly<Record<string, unknown>>, candidate: string): PastedCandidate {
  const { sdpMid, sdpMLineIndex, usernameFragment } = entry;
  return {
    candidate,
    ...(typeof sdpMid === 'string' ? { sdpMid } : {}),
    ...(typeof sdpMLineIndex === 'number' ? { sdpMLineIndex } : {}),
    ...(typeof usernameFragment === 'string' ? { usernameFragment } : {}),
  };
}

function jsonDescriptions({ descriptions, candidates }: Found): Paste {
  const types = descriptions.map((description) => description.type ?? 'description').join(', ');
  const notices = [
    `JSON was unwrapped: ${types}${candidates.length === 0 ? '' : ` and ${candidates.length} candidates`}.`,
  ];
  return paste('json', { descriptions: paired(descriptions), candidates, notices });
}

function jsonCandidates(candidates: readonly PastedCandidate[]): Paste {
  const filled = candidates.filter(({ candidate }) => candidate !== '');
  const notices = [
    `JSON was unwrapped: ${candidates.length} ${candidates.length === 1 ? 'candidate' : 'candidates'}.`,
  ];
  if (filled.length < candidates.length)
    notices.push('An empty candidate means: no more candidates (end-of-candidates).');
  const sdp = filled.map(({ candidate }) => candidate).join('\r\n');
  return paste('candidate-json', {
    candidates,
    notices,
    descriptions: sdp === '' ? [] : [{ type: undefined, sdp, firstLine: 1, complete: false }],
  });
}
