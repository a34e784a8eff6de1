/** What a recording of one end, or of this format, can not show. */
import type { Case } from './case.ts';
import { isGatheringOnly, neverConnected } from './look.ts';

export function unknownOf(call: Case): readonly string[] {
  if (call.life.isConnected) return [];
  if (isGatheringOnly(call)) return ['Whether a call would connect with these candidates.'];
  const unknown: string[] = [];
  if (!call.other)
    unknown.push(
      'What the other side sent and received: only this end’s recording is here. Add the other end’s.',
    );
  if (neverConnected(call) && call.readings.all.length === 0)
    unknown.push(
      'Whether any check went out: there are no statistics in it (Chromium records none before ICE begins).',
    );
  if (
    /^Firefox/.test(call.browser) &&
    call.logged.length === 0 &&
    call.gathering.errors.length === 0 &&
    call.gathering.startedAt === null
  )
    unknown.push(
      'What STUN and TURN servers said: Firefox’s report holds no such errors, its connection log does.',
    );
  return unknown;
}
