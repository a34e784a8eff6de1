/** The order of line types, and types that may come once only. RFC 8866 section 5 gives the order. */
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import { check, type Report } from './check.ts';
import { nameSpan } from './span.ts';

const SESSION_ORDER = 'vosiuepcbtrzka';
const MEDIA_ORDER = 'micbka';

export const lineOrder = check({
  id: 'line-order',
  severity: 'error',
  rfc: cite('RFC 8866', '5'),
  example: 'v=0\r\ns=-\r\no=- 1 1 IN IP4 0.0.0.0\r\nt=0 0\r\n',
  find: ({ description, complete }, report) => {
    if (complete) checkOrder(description.session.lines, SESSION_ORDER, report);
    for (const media of description.media) checkOrder(media.lines, MEDIA_ORDER, report);
  },
});

/** r= and z= may follow each of several t= lines (RFC 8866 section 9), so that they count as one place. */
const place = (order: string, type: string): number =>
  order.indexOf(type === 'r' || type === 'z' ? 't' : type);

function checkOrder(lines: readonly SdpLine[], order: string, report: Report): void {
  let highest: SdpLine | undefined;
  for (const line of lines) {
    if (line.type === '') continue;
    const at = place(order, line.type);
    if (at < 0) reportStranger(line, order, report);
    else if (highest !== undefined && at < place(order, highest.type)) reportLate(line, highest, report);
    else highest = line;
  }
}

function reportStranger(line: SdpLine, order: string, report: Report): void {
  if (order === MEDIA_ORDER && SESSION_ORDER.includes(line.type))
    report(line, {
      claim: `${line.type}= stands in a media section`,
      reason: 'It belongs to the session part, before the first m=.',
      at: nameSpan(line),
    });
}

/** Nobody reads a description that does not begin with v= and o=; libwebrtc also insists on the order of the others. */
function reportLate(line: SdpLine, after: SdpLine, report: Report): void {
  report(line, {
    claim: `${line.type}= comes after ${after.type}=`,
    reason: `The order of the lines is fixed: ${line.type}= comes first.`,
    at: nameSpan(line),
    severity: line.type === 'v' || line.type === 'o' ? 'error' : 'warning',
    with: [{ line: after, at: nameSpan(after) }],
  });
}

const ONCE_IN_SESSION = new Set(['v', 'o', 's', 'i', 'u', 'c', 'k']);
const ONCE_IN_MEDIA = new Set(['i', 'k']);

export const repeatedLines = check({
  id: 'repeated-lines',
  severity: 'error',
  rfc: cite('RFC 8866', '9'),
  example: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\ns=-\r\nt=0 0\r\n',
  find: ({ description, complete }, report) => {
    if (!complete) return;
    findRepeated(description.session.lines, ONCE_IN_SESSION, report);
    for (const media of description.media) findRepeated(media.lines, ONCE_IN_MEDIA, report);
  },
});

function findRepeated(lines: readonly SdpLine[], once: ReadonlySet<string>, report: Report): void {
  const first = new Map<string, SdpLine>();
  for (const line of lines) {
    if (!once.has(line.type)) continue;
    const earlier = first.get(line.type);
    if (earlier === undefined) first.set(line.type, line);
    else
      report(line, {
        claim: `${line.type}= comes a second time`,
        reason: `Line ${earlier.number} has it already, and it may come once.`,
        at: nameSpan(line),
        with: [{ line: earlier, at: nameSpan(earlier) }],
      });
  }
}
