/** SDP as it is, whole or in part, one description or several one after the other. */
import type { SdpLine } from '../lines.ts';
import { guessType, readDescription } from '../structure.ts';
import { type Paste, type PastedDescription, paired, paste } from './paste.ts';

export const filledLines = (lines: readonly SdpLine[]): readonly SdpLine[] =>
  lines.filter((line) => line.raw.trim() !== '');

/** Text counts as SDP when it has a version line, or when half of its lines have the form of a line. */
export function isSdp(lines: readonly SdpLine[]): boolean {
  const filled = filledLines(lines);
  const formed = filled.filter((line) => line.type !== '');
  return (
    formed.some((line) => line.raw === 'v=0') || (formed.length > 0 && formed.length * 2 >= filled.length)
  );
}

export function readSdp(text: string, lines: readonly SdpLine[]): Paste {
  const starts = lines.filter((line, index) => startsDescription(lines, line, index));
  if (starts.length < 2) return onePaste(text, lines);
  const descriptions = starts.map((start, index) => {
    const from = index === 0 ? lines[0]! : start;
    const next = starts[index + 1];
    const to = next === undefined ? text.length : withoutHeading(lines, next);
    return described(text.slice(from.start, to), from.number);
  });
  const order = descriptions.map((description) => description.type ?? 'description').join(', ');
  return paste('sdp', {
    descriptions: paired(descriptions),
    notices: [`${descriptions.length} descriptions were found in one text: ${order}.`],
  });
}

function onePaste(text: string, lines: readonly SdpLine[]): Paste {
  const filled = filledLines(lines);
  const complete = filled.length > 1 && filled.some((line) => line.type === 'v' || line.type === 'o');
  const notices = complete ? [] : ['This is a part of a description: rules about the whole are left out.'];
  return paste(complete ? 'sdp' : 'lines', {
    descriptions: [{ type: undefined, sdp: text, firstLine: 1, complete }],
    notices,
  });
}

/** `v=` followed by `o=`. A lone second `v=` inside a description does not start one. */
function startsDescription(lines: readonly SdpLine[], line: SdpLine, index: number): boolean {
  return line.type === 'v' && lines[index + 1]?.type === 'o';
}

/** Where the description before this one ends: headings such as "Answer:" and empty lines in between belong to neither. */
function withoutHeading(lines: readonly SdpLine[], next: SdpLine): number {
  let index = next.number - 1;
  while (index > 0 && lines[index - 1]!.type === '') index -= 1;
  return lines[index]!.start;
}

const described = (sdp: string, firstLine: number): PastedDescription => ({
  type: guessType(readDescription(sdp)),
  sdp,
  firstLine,
  complete: true,
});
