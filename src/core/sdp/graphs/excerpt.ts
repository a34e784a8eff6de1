/** What of a description is drawn: a picture of thirty thousand sections would end the page, and say nothing. */
import type { Description, MediaSection } from '../structure.ts';

const SECTIONS = 40;
const FORMATS = 200;

export interface Excerpt {
  readonly description: Description;
  /** What was left out, for a note: `the first 40 of 30,000 sections`; '' when nothing was. */
  readonly leftOut: string;
}

/** The first sections and, of each, the first formats. */
export function excerptOf(description: Description): Excerpt {
  const { media, groups } = description;
  const kept = media.slice(0, SECTIONS);
  const most = kept.reduce((count, { formats }) => Math.max(count, formats.length), 0);
  if (kept.length === media.length && most <= FORMATS) return { description, leftOut: '' };
  const gone = new Set(media.slice(SECTIONS).map(({ mid }) => mid));
  return {
    description: {
      ...description,
      media: kept.map(withFewerFormats),
      groups: groups.map((group) => ({ ...group, ids: group.ids.filter((id) => !gone.has(id)) })),
    },
    leftOut: [
      ...(kept.length === media.length ? [] : [`the first ${SECTIONS} of ${count(media.length)} sections`]),
      ...(most <= FORMATS ? [] : [`the first ${FORMATS} of ${count(most)} formats in one`]),
    ].join(', '),
  };
}

function withFewerFormats(media: MediaSection): MediaSection {
  if (media.formats.length <= FORMATS) return media;
  return { ...media, formats: media.formats.slice(0, FORMATS), codecs: media.codecs.slice(0, FORMATS) };
}

const count = (number: number): string => number.toLocaleString('en');
