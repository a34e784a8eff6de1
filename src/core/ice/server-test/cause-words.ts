/** Each cause in words: in the table, and as a finding. */
import { citeText } from '../../base/cite.ts';
import { bracketed } from '../../base/address.ts';
import type { Cause } from './causes.ts';
import { codeWords } from './code-words.ts';
import { atUtc, endOfUser, span } from './rest-user.ts';
import type { Cell, Row } from './verdict.ts';

export interface CauseWords {
  /** Follows the name of the server; begins with a verb. */
  readonly title: string;
  readonly advice: string;
  readonly section: string;
  /** More than one thing may be behind it, and no browser tells a page which. */
  readonly isUnknown?: true;
}

/** W3C WebRTC: RTCPeerConnectionIceErrorEvent, where 701 is defined. */
const W3C = 'W3C WebRTC §4.8.3';

export function shortWords({ cause, code, outcome, at }: Cell, row: Row): string {
  if (outcome === 'asking') return 'asking …';
  if (outcome === 'not-tried') return notTried(row);
  if (outcome === 'silent') return `no answer in ${Math.round((at ?? 0) / 1000)} s`;
  if (outcome === 'unknown') return 'can not be known';
  if (cause === 'code' || cause === 'password') return codeWords(code ?? 0).short;
  return cause === undefined ? '' : SHORT[cause];
}

const SHORT: Readonly<Record<Exclude<Cause, 'code' | 'password'>, string>> = {
  expired: 'password has run out',
  name: 'no such name',
  silent: 'no answer',
  connection: 'no connection',
  tls: 'no TLS connection',
  unreachable: 'not reached',
  'nothing-told': 'can not be known',
  'browser-refuses': 'not asked',
};

function notTried({ end }: Row): string {
  if (end === 'refused') return 'not asked';
  return end === 'stopped' ? 'stopped' : 'not in this URL';
}

export function causeWords(cell: Cell, row: Row, now: number): CauseWords {
  const { cause = 'nothing-told' } = cell;
  if (cause === 'code' || cause === 'password') return serverWords(cell.code ?? 0);
  return WORDS[cause](row, now);
}

function serverWords(code: number): CauseWords {
  const { title, advice, rfc } = codeWords(code);
  return { title, advice, section: citeText(rfc) };
}

type Say = (row: Row, now: number) => CauseWords;

const WORDS: Readonly<Record<Exclude<Cause, 'code' | 'password'>, Say>> = {
  expired: ({ username = '' }, now) => {
    const end = endOfUser(username) ?? now;
    return {
      title: 'refuses the password: it has run out',
      advice: `The user name begins with its last second: ${atUtc(end)}. That was ${span(now - end)} ago.`,
      section: 'RFC 8489 §14.8',
    };
  },
  name: ({ host }) => ({
    title: 'is a name that nobody knows',
    advice: /\.invalid\.?$/i.test(host)
      ? 'Names that end in .invalid never exist (RFC 6761). Look for a typing error.'
      : 'Look for a typing error; else the name service of this network does not know it, or does not answer.',
    section: W3C,
  }),
  silent: ({ way, port }) => ({
    title: way === 'UDP' ? 'is silent over UDP' : `does not take a connection over ${way}`,
    advice: `Three things look the same from here: nobody listens on port ${port}, a firewall at the server drops it, or this network lets no ${way} out.`,
    section: 'RFC 8489 §6.2.1',
    isUnknown: true,
  }),
  connection: ({ port }) => ({
    title: 'takes no TCP connection',
    advice: `Nobody listens on TCP ${port}, or a firewall says no. The browser does not tell which.`,
    section: W3C,
    isUnknown: true,
  }),
  tls: ({ host, port }) => ({
    title: 'takes no TLS connection',
    advice: `Most often the certificate: self-signed, run out, or for another name. Or the port is closed. The browser does not tell a page which: open https://${bracketed(host)}:${port} in a tab to see.`,
    section: W3C,
    isUnknown: true,
  }),
  unreachable: ({ way }) => ({
    title: `could not be reached over ${way}`,
    advice: 'The browser gave up at once and does not say why.',
    section: W3C,
    isUnknown: true,
  }),
  'nothing-told': ({ way, port }) => ({
    title: 'gave nothing, and the browser no reason',
    advice: `It ended without a candidate and without an error. Over ${way}, a closed port ${port}${way === 'TLS' ? ', a refused certificate' : ''} and a network that lets nothing out look the same.`,
    section: W3C,
    isUnknown: true,
  }),
  'browser-refuses': ({ refusal }) => ({
    title: 'was not asked: this browser refuses the URL',
    advice:
      refusal && /block/i.test(refusal)
        ? 'The port is one of those that browsers never ask.'
        : 'Other browsers may take it.',
    section: 'W3C WebRTC §4.4.1.5',
  }),
};
