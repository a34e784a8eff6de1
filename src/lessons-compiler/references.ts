/** `RFC 8445, section 5.1.2.1` → that it exists, and where to read it. */
import { sectionUrl } from '../core/base/cite.ts';
import { sectionTitle } from '../core/base/rfc-sections.ts';
import { type Place, refuse } from './problem.ts';

const SECTION = /^(RFC \d+|W3C WebRTC|webrtc-stats|draft-[a-z0-9-]+), section ([A-Za-z0-9.]+)$/;
/** What needs no document: measured here (which recording or test), or arithmetic. */
const OWN = /^(measured|sum): \S/;

/** The address of a reference, null where it has none; a dead one is refused. */
export function readReference(reference: string, place: Place, url?: string): string | null {
  const [, document, section] = SECTION.exec(reference) ?? [];
  if (document && section) {
    const cite = { rfc: document, section };
    if (sectionTitle(cite) === undefined)
      refuse(
        place,
        `“${reference}” is not among the sections of src/core/base/rfc-sections.ts: look it up, add it there with its title, or mend the number.`,
      );
    return sectionUrl(cite) ?? PAGES[document] ?? null;
  }
  if (url !== undefined || OWN.test(reference)) return url ?? null;
  return refuse(
    place,
    `“${reference}” says not where to read: write “RFC n, section m”, or give a url, or begin with “measured: ” or “sum: ”.`,
  );
}

const PAGES: Readonly<Record<string, string>> = {
  'W3C WebRTC': 'https://www.w3.org/TR/webrtc/',
  'webrtc-stats': 'https://www.w3.org/TR/webrtc-stats/',
};
