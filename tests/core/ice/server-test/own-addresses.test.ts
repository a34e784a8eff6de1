import { describe, expect, it } from 'vitest';
import {
  allowsRelaysOnly,
  explainOwnAddresses,
  type OwnAddresses,
  type OwnGathering,
  type Socket,
} from '../../../../src/core/ice/server-test/own-addresses.ts';

const socket = (address: string, protocol = 'udp', networkType = ''): Socket => ({
  address,
  protocol,
  networkType,
});
const host = (address: string, protocol = 'udp') =>
  `candidate:1 1 ${protocol} 2113937151 ${address} 40001 typ host`;
const gathering = (of: Partial<OwnGathering>): OwnGathering => ({
  candidates: [],
  sockets: [],
  end: 'complete',
  online: true,
  ...of,
});
const explained = (of: Partial<OwnGathering>, more: Partial<OwnAddresses> = {}) =>
  explainOwnAddresses({
    all: gathering(of),
    relayOnly: null,
    hasTurn: false,
    permission: 'not-asked',
    ...more,
  });
const HIDDEN = { candidates: [host('6d0f.local'), host('77ab.local')] };

// What Chromium 156 and Firefox 153 were seen to tell, each in the situation that it is named after.
describe('explainOwnAddresses', () => {
  it.each<[string, Partial<OwnGathering>]>([
    ['default-route-only', { sockets: [socket('0.0.0.0'), socket('::'), socket('0.0.0.0', 'tcp')] }],
    ['udp-forbidden', { sockets: [socket('0.0.0.0', 'tcp'), socket('::', 'tcp')] }],
    ['host-forbidden', { sockets: [socket('198.51.100.7'), socket('2001:db8::7', 'tcp')] }],
    ['all-forbidden', {}],
    ['no-network', { end: 'timeout', online: false }],
    ['no-network', { end: 'complete', online: false }],
    ['no-network', { sockets: [socket('0.0.0.0'), socket('0.0.0.0', 'tcp')], online: false }],
    ['no-interface', { end: 'timeout' }],
    ['hidden', HIDDEN],
    ['ipv6-only', { candidates: [host('2001:db8::7'), host('2001:db8::7', 'tcp')] }],
    ['shown', { candidates: [host('198.51.100.7'), host('2001:db8::7')] }],
    ['vpn', { candidates: [host('10.8.0.2')], sockets: [socket('10.8.0.2', 'udp', 'vpn')] }],
  ])('%s', (id, told) => {
    expect(explained(told).id).toBe(id);
  });

  it('blames the page only where the browser would gather, and the page has no relay', () => {
    const relayOnly = gathering({});
    expect(explained(HIDDEN, { relayOnly }).id).toBe('relay-without-turn');
    expect(explained(HIDDEN, { relayOnly, hasTurn: true }).id).toBe('hidden');
    expect(explained({ online: false }, { relayOnly }).id).toBe('no-network');
  });

  it('says of a permission what it changed', () => {
    const shown = { candidates: [host('198.51.100.7')] };
    expect(explained(shown, { permission: 'granted' }).title).toMatch(/^With the permission/);
    expect(explained(shown).title).not.toMatch(/permission/);
    expect(explained(HIDDEN, { permission: 'refused' }).change).toContain('was not allowed');
    expect(explained(HIDDEN, { permission: 'granted' }).change).toContain('stay hidden although');
  });

  it('does not call a machine a VPN’s that has another interface too', () => {
    const sockets = [socket('10.8.0.2', 'udp', 'vpn'), socket('198.51.100.7', 'udp', 'wifi')];
    expect(explained({ candidates: [host('10.8.0.2'), host('198.51.100.7')], sockets }).id).toBe('shown');
  });
});

it.each([
  ["new RTCPeerConnection({ iceTransportPolicy: 'relay' })", true],
  ['{"iceServers":[],"iceTransportPolicy":"relay"}', true],
  ["{ iceTransportPolicy: 'all' }", false],
  ['turn:relay.example.net ann pw', false],
])('reads the policy of %s', (text, only) => {
  expect(allowsRelaysOnly(text)).toBe(only);
});
