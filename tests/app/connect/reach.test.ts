import { expect, it } from 'vitest';
import { isHereOnly } from '../../../src/app/connect/remote/reach.ts';

/** Host names as the browser's own URL parser gives them. */
const hostOf = (url: string): string => new URL(url).hostname;

it.each([
  'http://127.0.0.1:4173/',
  'http://127.8.9.1/',
  'http://localhost:4173/',
  'http://[::1]:4173/',
  'http://[0:0::1]/',
])('%s is opened on this machine only', (url) => expect(isHereOnly(hostOf(url))).toBe(true));

it.each([
  'http://192.168.1.20:4173/',
  'https://ice.example.org/',
  'http://127.example.org/',
  'http://[::2]/',
  'http://localhost.example/',
])('%s is opened elsewhere too', (url) => expect(isHereOnly(hostOf(url))).toBe(false));
