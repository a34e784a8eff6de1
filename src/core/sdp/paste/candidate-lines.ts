/** Candidates without their description, one a line: `a=candidate:…`, `candidate:…`, or what comes after that (RFC 8839, section 5.1). */
import type { SdpLine } from '../lines.ts';
import { type Paste, paste } from './paste.ts';
import { filledLines } from './sdp-text.ts';

const CANDIDATE = /^(?:a=)?candidate:/i;
const BARE_CANDIDATE = /^[^ =]+ [0-9]+ [A-Za-z-]+ [0-9]+ [^ ]+ [0-9]+ typ /;

const isCandidate = (raw: string): boolean => CANDIDATE.test(raw) || BARE_CANDIDATE.test(raw);

export function isCandidates(lines: readonly SdpLine[]): boolean {
  const filled = filledLines(lines);
  const bare = filled.some((line) => line.type === '');
  return filled.length > 0 && bare && filled.every((line) => isCandidate(line.raw));
}

export function readCandidates(text: string, lines: readonly SdpLine[]): Paste {
  const candidates = filledLines(lines).map((line) => ({ candidate: line.raw.replace(/^a=/, '') }));
  const what =
    candidates.length === 1
      ? 'A candidate without its description'
      : `${candidates.length} candidates without their description`;
  return paste('candidates', {
    candidates,
    notices: [`${what}.`],
    descriptions: [{ type: undefined, sdp: text, firstLine: 1, complete: false }],
  });
}
