/** What a statement rests on, in one form: a section of an RFC or specification that is listed in rfc-sections.ts. */
import type { documents } from './rfc-sections.ts';

type Documents = typeof documents;

export interface Cite {
  /** For example `RFC 8839`. */
  readonly rfc: string;
  /** For example `5.1`. */
  readonly section: string;
}

/** A reference to a listed section; another one does not compile. */
export function cite<D extends keyof Documents>(rfc: D, section: keyof Documents[D] & string): Cite {
  return { rfc, section };
}

/** `RFC 8489 §14.2`; of what is no RFC `libwebrtc, not registered`. */
export const citeText = ({ rfc, section }: Cite): string =>
  rfc.startsWith('RFC ') ? `${rfc} §${section}` : `${rfc}, ${section}`;

/** Where to read a cited section; undefined for a specification that is not an RFC. */
export function sectionUrl(reference: Cite): string | undefined {
  const rfc = /^RFC (\d+)$/.exec(reference.rfc)?.[1];
  return rfc === undefined
    ? undefined
    : `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${reference.section}`;
}
