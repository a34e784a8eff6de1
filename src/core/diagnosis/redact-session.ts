/**
 * A session without what could tell whose it is: addresses, names, ICE fragments and passwords, fingerprints, pages, tracks and texts are
 * replaced by pseudonyms, the same value by the same one everywhere, so that every picture and every diagnosis stays as it was.
 * Packets and what is not understood are left out: their bytes would tell everything.
 */
import { parseServerUrl } from '../ice/server-url.ts';
import { type Redactor, createRedactor } from '../sdp/redact.ts';
import type { NewEvent, SessionEvent } from '../session/event.ts';

export function redactSession(events: readonly SessionEvent[]): readonly NewEvent[] {
  const redactor = createRedactor(textsIn(events));
  return events
    .filter(({ type }) => type !== ':packet' && type !== ':unknown')
    .map(
      ({ id: _id, ...event }) =>
        ({ ...event, value: valueOf(event.type, event.value, redactor) }) as NewEvent,
    );
}

/** Every description and candidate: no pseudonym may be a value of one of them. */
function textsIn(events: readonly SessionEvent[]): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, one] of Object.entries(value)) {
      if (typeof one === 'string' && (name === 'sdp' || name === 'candidate' || ADDRESSES.has(name)))
        found.push(one);
      else if (typeof one === 'object') look(one);
    }
  };
  for (const { value } of events) look(value);
  return found;
}

const ADDRESSES = new Set(['address', 'ip', 'ipAddress', 'relatedAddress']);
const SECRETS = new Set([
  'usernameFragment',
  'iceLocalUsernameFragment',
  'username',
  'trackIdentifier',
  'streamIdentifier',
  'room',
]);
/** What nobody needs for a diagnosis. */
const DROPPED = new Set([
  'pageUrl',
  'base64Certificate',
  'text',
  'userAgentData',
  'certificates',
  'streams',
  'peerIdentity',
]);

function valueOf(type: string, value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return masked(value, redactor);
  if (typeof value !== 'object' || value === null) return value;
  if (/track|transceiver/i.test(type)) return membersOf(withoutNames(value), redactor);
  if (type !== 'getStats') return membersOf(value, redactor);
  return Object.fromEntries(
    Object.entries(value).map(([id, report]) => [
      masked(id, redactor),
      membersOf(report as object, redactor),
    ]),
  );
}

/** Tracks are called by their device. */
const withoutNames = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'label' && name !== 'id'));

const membersOf = (value: object, redactor: Redactor): object =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !DROPPED.has(name))
      .map(([name, one]) => [name, memberOf(name, one, redactor)]),
  );

function memberOf(name: string, value: unknown, redactor: Redactor): unknown {
  if (Array.isArray(value))
    return value.map((one: unknown) =>
      name === 'urls' ? memberOf('url', one, redactor) : memberOf(name, one, redactor),
    );
  if (typeof value === 'object' && value !== null) return membersOf(value, redactor);
  if (typeof value !== 'string' || value === '') return value;
  if (name === 'sdp') return redactor(value);
  if (name === 'candidate' || /^(?:a=)?candidate:/.test(value)) return redactor(value, { candidates: true });
  if (ADDRESSES.has(name)) return address(value, redactor);
  if (name === 'url') return serverUrl(value, redactor);
  if (name === 'fingerprint') return behind('a=fingerprint:sha-256 ', value, redactor);
  if (name === 'place') return value.split(', ', 1)[0];
  // The name of a user may say until when it is good.
  const [time = ''] = name === 'username' ? (/^\d{9,11}:/.exec(value) ?? []) : [];
  return SECRETS.has(name)
    ? `${time}${behind('a=ice-ufrag:', value.slice(time.length), redactor)}`
    : masked(value, redactor);
}

/** As a line of a description would be redacted: so a value is the same one there and here. */
const behind = (start: string, value: string, redactor: Redactor): string =>
  redactor(`${start}${value}`).slice(start.length);
const address = (value: string, redactor: Redactor): string =>
  behind(value.includes(':') ? 'c=IN IP6 ' : 'c=IN IP4 ', value, redactor);

function serverUrl(url: string, redactor: Redactor): string {
  const host = parseServerUrl(url)?.host;
  return host === undefined ? masked(url, redactor) : url.replace(host, address(host, redactor));
}

const FINGERPRINT = /[0-9A-F]{2}(?::[0-9A-F]{2}){19,}/gi;
const IN_WORDS =
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local/gi;

/** Words of a browser, with an address among them, and ids of certificates, which are made of their fingerprints. */
const masked = (text: string, redactor: Redactor): string =>
  text
    .replace(FINGERPRINT, (found) => behind('a=fingerprint:sha-256 ', found, redactor))
    .replace(IN_WORDS, (found) => address(found, redactor));
