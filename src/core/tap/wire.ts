/**
 * What a tapped page and an Icescope page say to each other. Two window messages bring them together, where the browser
 * vouches for the origin of each; all else goes over a MessagePort that only the two have, as JSON:
 *
 *     page → Icescope   icescope-tap 1: here          a window message, again and again until it is answered
 *     Icescope → page   icescope-tap 1: hello         with the port, after the reader agreed
 *     page → Icescope   {"kind":"page", …}            then {"kind":"events","n":1,"list":[…]}, …, at last {"kind":"bye"}
 *     Icescope → page   {"kind":"got","n":1}          each list is acknowledged; {"kind":"stop"} ends it
 */
import type { EventType } from '../session/event.ts';
import { isKnownType } from '../session/known-types.ts';

export const HERE = 'icescope-tap 1: here';
export const HELLO = 'icescope-tap 1: hello';

/** What a page says of itself. Its address stays where it is: paths and queries hold names and tokens. */
export interface PageWords {
  readonly kind: 'page';
  readonly title: string;
  readonly browser: string;
  /** Milliseconds since 1970 when the tap came to it. */
  readonly since: number;
  /** It stands in a frame of another page. */
  readonly inFrame: boolean;
}

/** One event: which connection of the page, counted from 1, and ms since 1970. */
export interface WireEvent {
  readonly connection: number;
  readonly at: number;
  readonly type: EventType;
  readonly value: unknown;
  readonly correlation?: string;
}

export interface EventsWords {
  readonly kind: 'events';
  /** Of this list, counted from 1. */
  readonly n: number;
  readonly list: readonly unknown[];
  /** Events, so far, that the page did not keep. */
  readonly missed: number;
}

export type FromPage = PageWords | EventsWords | { readonly kind: 'bye' };
export type ToPage = { readonly kind: 'got'; readonly n: number } | { readonly kind: 'stop' };

type Members = Readonly<Record<string, unknown>>;

/** What a page said; null for what is nothing of the kind. */
export function readFromPage(text: string): FromPage | null {
  const said = parse(text);
  switch (said?.['kind']) {
    case 'bye':
      return { kind: 'bye' };
    case 'page':
      return pageWords(said);
    case 'events':
      return isCount(said['n']) && isCount(said['missed']) && Array.isArray(said['list'])
        ? (said as unknown as EventsWords)
        : null;
    default:
      return null;
  }
}

/** What Icescope said to the page; null for what is nothing of the kind. */
export function readToPage(text: string): ToPage | null {
  const said = parse(text);
  if (said?.['kind'] === 'stop') return { kind: 'stop' };
  return said?.['kind'] === 'got' && isCount(said['n']) ? { kind: 'got', n: said['n'] } : null;
}

const LONGEST_TITLE = 80;
const LONGEST_BROWSER = 300;

function pageWords({ title, browser, since, inFrame }: Members): PageWords | null {
  if (typeof title !== 'string' || typeof browser !== 'string' || !isTime(since)) return null;
  return {
    kind: 'page',
    title: title.slice(0, LONGEST_TITLE),
    browser: browser.slice(0, LONGEST_BROWSER),
    since,
    inFrame: inFrame === true,
  };
}

/** What only Icescope itself says of a session, or what our own server saw: no page may. */
const OURS = /^:(?:session|peer|signal|packet)|^:unknown$/;
const LONGEST_CORRELATION = 40;

/** Whether one of a list is an event that a tap records, with a value that everything can rely on. */
export function isWireEvent(given: unknown): given is WireEvent {
  if (typeof given !== 'object' || given === null) return false;
  const { connection, at, type, value, correlation } = given as Members;
  return (
    isCount(connection) &&
    isTime(at) &&
    typeof type === 'string' &&
    !OURS.test(type) &&
    isKnownType(type, value) &&
    (correlation === undefined ||
      (typeof correlation === 'string' && correlation.length <= LONGEST_CORRELATION && !(correlation in {})))
  );
}

function parse(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Members) : null;
  } catch {
    return null;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isTime = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
