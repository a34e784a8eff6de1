import { describe, expect, it } from 'vitest';
import { type CallRow, callRows } from '../../../src/core/projections/call-rows.ts';
import { Projector } from '../../../src/core/projections/index.ts';
import { longSession } from '../../bench/long-session.ts';
import { FIXTURES } from '../../support/sessions.ts';

const { whole } = FIXTURES.find(({ name }) => name === 'loopback-chromium')!;
const kinds = (rows: readonly CallRow[]): string[] =>
  rows.map((row) =>
    row.kind === 'call' ? `${row.peer} ${row.name}` : row.kind === 'message' ? row.text : '…',
  );

describe('the list of calls', () => {
  it('has the four steps in their order, and candidates last', () => {
    const rows = kinds(callRows(whole));
    const steps = [
      'A createOffer',
      'offer',
      'B setRemoteDescription',
      'B createAnswer',
      'answer',
      'A setRemoteDescription',
    ];
    const places = steps.map((step) => rows.indexOf(step));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(rows.findIndex((row) => row.startsWith('candidates'))).toBeGreaterThan(places.at(-1)!);
    expect(rows).not.toContain('…');
  });

  it('says of a long session that there were more, and begins where neither calls nor letters are cut', () => {
    const long = longSession(5000);
    const rows = callRows(new Projector(long).at(long.events.length));
    expect(rows.length).toBeLessThan(250);
    expect(rows[0]).toEqual({ kind: 'earlier', id: 'earlier' });
    const listed = kinds(rows);
    // After an offer come the calls that it is answered with, so wherever letters stand, calls do.
    expect(listed.slice(0, 12).some((row) => row === 'offer' || row === 'answer')).toBe(true);
    expect(listed.slice(0, 12).some((row) => /^[AB] set/.test(row))).toBe(true);
  });
});
