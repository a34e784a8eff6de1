import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bracketed,
  canonicalAddress,
  familyOf,
  formatAddress,
  formatTransportAddress,
  parseAddress,
} from '../../../src/core/base/address.ts';

test.each([
  ['2001:DB8::1', '2001:db8::1'],
  ['::', '::'],
  ['::1', '::1'],
  ['::ffff:1.2.3.4', '::ffff:102:304'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['1:0:0:2:0:0:3:4', '1::2:0:0:3:4'],
  ['fe80::', 'fe80::'],
  ['192.0.2.1', '192.0.2.1'],
])('%s is spelled %s', (text, canonical) => expect(canonicalAddress(text)).toBe(canonical));

test('the text of any bytes is an address, and reads back', () => {
  const bytes = fc.oneof(...[4, 16].map((length) => fc.uint8Array({ minLength: length, maxLength: length })));
  fc.assert(
    fc.property(bytes, (address) => {
      expect(isIP(formatAddress(address))).toBe(address.length === 4 ? 4 : 6);
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
  );
});

test('what is no address is refused, as Node refuses it', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.]{1,20}$/));
  fc.assert(
    fc.property(text, (each) => (parseAddress(each) !== undefined) === (isIP(each) !== 0)),
    { numRuns: 5000 },
  );
});

test('transport addresses', () => {
  expect(formatTransportAddress({ address: '192.0.2.1', port: 80 })).toBe('192.0.2.1:80');
  expect(formatTransportAddress({ address: '::1', port: 80 })).toBe('[::1]:80');
});

test('the family of an address, also of one that Chromium hid a part of; a name has none', () => {
  const texts = [
    '198.51.100.7',
    '192.168.4.x',
    '2001:db8::7',
    '0:0:0:x:x:x:x:x',
    'relay.example',
    '1.2.3',
    '',
  ];
  expect(texts.map(familyOf)).toEqual(['IPv4', 'IPv4', 'IPv6', 'IPv6', null, null, null]);
});

test('IPv6 alone stands in brackets before a port', () => {
  expect(['2001:db8::7', '198.51.100.7', 'a.example'].map(bracketed)).toEqual([
    '[2001:db8::7]',
    '198.51.100.7',
    'a.example',
  ]);
});
