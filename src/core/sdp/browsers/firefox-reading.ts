/** A description as Firefox's parser takes it: what it does not know it skips, and some lines end the description. */
import { describe, type Description, type MediaSection } from '../structure.ts';
import type { SdpLine } from '../lines.ts';
import type { Remote } from './refusal.ts';

const TYPES = 'vosiuepcbtrzkam';
const MEDIA_TYPES = 'icbkam';

/** Words between spaces and tabs. */
export const wordsOf = (text: string): readonly string[] =>
  text.split(/[ \t]+/).filter((word) => word !== '');

/** Whether a text begins with a number that fits into 32 bits; what follows it is not looked at. */
export const beginsWithNumber = (text = ''): boolean => {
  const digits = /^(?:\+|-(?=0+$))?([0-9]+)/.exec(text)?.[1];
  return digits !== undefined && Number(digits) <= 4294967295;
};

/** Only a line feed ends a line, and what follows a carriage return before it is not seen. */
const lineFeedLines = (lines: readonly SdpLine[]): readonly SdpLine[] =>
  lines.filter((line, index) => {
    const continues = lines[index - 1]?.eol === '\r';
    return !continues && line.eol !== '';
  });

/** Where the description ends: at a line without the form `<type>=`, or at a second `v=`. */
function endOf(lines: readonly SdpLine[]): number {
  const end = lines.findIndex(
    ({ raw }, index) => raw[1] !== '=' || !TYPES.includes(raw[0]!) || (index > 0 && raw[0] === 'v'),
  );
  return end < 0 ? lines.length : end;
}

/** The line of another type that ends the description with an error; one without `=` ends it silently. */
export function unknownLine(description: Description): SdpLine | undefined {
  const lines = lineFeedLines(description.lines);
  const line = lines[endOf(lines)];
  return line !== undefined && line.raw[1] === '=' && !line.raw.startsWith('v') ? line : undefined;
}

/** An attribute's name has no case and ends at a colon, a space or a tab. */
function readLine(line: SdpLine): SdpLine {
  if (line.type !== 'a') return line;
  const [all = 'a=', name = ''] = /^a=[: \t]*([^: \t]*):?/.exec(line.raw) ?? [];
  const value = line.raw.slice(all.length).replace(/^[ \t]+/, '');
  return { ...line, name: name.toLowerCase(), value, valueStart: line.raw.length - value.length };
}

const SECTION_KINDS = ['audio', 'video', 'application', 'text', 'image', 'message'];

function readSection(media: MediaSection): MediaSection {
  const [kind = '', port = '', protocol = '', ...formats] = wordsOf(media.mLine.value);
  const number = beginsWithNumber(port) ? Number(/[0-9]+/.exec(port)![0]) : undefined;
  const name = SECTION_KINDS.find((one) => one === kind.toLowerCase()) ?? kind;
  return {
    ...media,
    kind: name,
    protocol: protocol.toUpperCase(),
    formats,
    port: number,
    mid: wordsOf(media.attributes.get('mid')?.[0]?.value ?? '')[0],
    rejected: number === 0 && !media.bundleOnly,
  };
}

export function readDescriptionAsFirefox(description: Description): Description {
  const all = lineFeedLines(description.lines);
  const seen = all
    .slice(0, endOf(all))
    .filter((line) => line.section < 0 || MEDIA_TYPES.includes(line.raw[0]!));
  const found = describe(seen.map(readLine));
  return {
    ...found,
    media: found.media.map(readSection),
    groups: found.groups.map((group) => {
      const [semantics = '', ...ids] = wordsOf(group.line.value);
      return { ...group, semantics: semantics.toUpperCase(), ids };
    }),
  };
}

export const readAsFirefox = ({ description, offer, inForce, ...rest }: Remote): Remote => ({
  ...rest,
  description: readDescriptionAsFirefox(description),
  ...(offer === undefined ? {} : { offer: readDescriptionAsFirefox(offer) }),
  ...(inForce === undefined
    ? {}
    : {
        inForce: {
          mine: readDescriptionAsFirefox(inForce.mine),
          theirs: readDescriptionAsFirefox(inForce.theirs),
        },
      }),
});
