/** Candidates without their description: `a=candidate:…`, `candidate:…`, or what comes after that (RFC 8839, section 5.1). */
import { readLines, type SdpLine } from '../lines.ts';
import { join, type Excerpt } from './excerpt.ts';
import { type Found, found } from './paste.ts';

const CANDIDATE = /^(?:a=)?candidate:/i;
const BARE_CANDIDATE = /^[^ =]+ [0-9]+ [A-Za-z-]+ [0-9]+ [^ ]+ [0-9]+ typ /;

const isCandidate = (raw: string): boolean => CANDIDATE.test(raw) || BARE_CANDIDATE.test(raw);

const filledOf = (lines: readonly SdpLine[]): readonly SdpLine[] =>
  lines.filter(({ raw }) => raw.trim() !== '');

export function isCandidates(lines: readonly SdpLine[]): boolean {
  const filled = filledOf(lines);
  const bare = filled.some((line) => line.type === '');
  return filled.length > 0 && bare && filled.every((line) => isCandidate(line.raw));
}

export function readCandidates(source: Excerpt): Found {
  const candidates = filledOf(readLines(source.text)).map(({ raw }) => ({
    candidate: raw.replace(/^a=/, ''),
  }));
  const what =
    candidates.length === 1
      ? 'A candidate without its description'
      : `${candidates.length} candidates without their description`;
  return found('candidates', {
    candidates,
    notices: [`${what}.`],
    descriptions: [{ excerpt: source, type: undefined, complete: false }],
  });
}

/** Up to what closes it in print: a quote, a comma, a bracket, the end of the line. */
const PRINTED =
  /candidate:[^\s"'`:,]+ [0-9]+ [A-Za-z-]+ [0-9]+ [^\s"'`,]+ [0-9]+ typ [a-z]+(?: [A-Za-z][\w-]* [^\s"'`,;…{}()[\]\\]+)*(?<end> *)(?![^\s"'`,;…{}()[\]\\<])/g;

/** Candidates that are printed in a log or an object, each once. */
export function printedCandidates(source: Excerpt): Excerpt | undefined {
  const known = new Set<string>();
  const pieces = [];
  for (const { 0: raw, index } of source.text.matchAll(PRINTED)) {
    const text = raw.trimEnd();
    if (known.has(text)) continue;
    if (known.size > 0) pieces.push({ from: index, text: '\r\n' });
    known.add(text);
    pieces.push({ from: index, text });
  }
  return known.size === 0 ? undefined : join(source, pieces);
}
