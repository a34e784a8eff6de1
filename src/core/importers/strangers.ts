/** What people drop here that is something else: it is named, so that nobody looks for a mistake in the file. */
import { type Source, isObject } from './importer.ts';

interface Stranger {
  readonly name: string;
  detect(source: Source): boolean;
}

const STRANGERS: readonly Stranger[] = [
  {
    name: 'a HAR file (HTTP archive)',
    detect: ({ json }) => isObject(json) && isObject(json['log']) && 'entries' in json['log'],
  },
  {
    name: 'a packet capture (pcap)',
    detect: ({ text }) =>
      /^(?:\u00d4\u00c3\u00b2\u00a1|\u00a1\u00b2\u00c3\u00d4|\u00a1\u00b2<M|M<\u00b2\u00a1|\n\r\r\n)/.test(
        text,
      ),
  },
  { name: 'the result of one getStats call', detect: ({ json }) => statsOf(json).some(isReport) },
  {
    name: 'a log of a Jitsi server',
    detect: ({ text }) => /^(?:JVB|Jicofo|Jigasi|Jibri)\b.* \d{4}-\d\d-\d\d/m.test(text.slice(0, 2000)),
  },
  { name: 'a ZIP archive', detect: ({ text }) => text.startsWith('PK\u0003\u0004') },
  { name: 'a PDF document', detect: ({ text }) => text.startsWith('%PDF-') },
  { name: 'a picture', detect: ({ text }) => /^(?:\u0089PNG|\u00ff\u00d8\u00ff|GIF8)/.test(text) },
  {
    name: 'Chromium’s RTC event log',
    detect: ({ text }) => text.startsWith('RTC event log') || isBinary(text),
  },
];

const statsOf = (json: unknown): readonly unknown[] =>
  Array.isArray(json) ? json.slice(0, 20) : isObject(json) ? Object.values(json).slice(0, 20) : [];

const isReport = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['id'] === 'string' &&
  typeof value['type'] === 'string' &&
  'timestamp' in value;

/** The event log is a protocol buffer whose first field is a stream of events. */
const isBinary = (text: string): boolean => /^\n[^\t\n\r -~]/.test(text) && text.includes('\u0000');

/** What it is, in words; undefined where nobody knows. */
export const strangerIn = (source: Source): string | undefined =>
  STRANGERS.find((one) => one.detect(source))?.name;
