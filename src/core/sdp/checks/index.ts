/** Every lint rule. To add one: a file beside its neighbours, and its name here. */
import { defineRegistry } from '../../base/registry.ts';
import { bundleMids, bundleOnlyPort, bundleRejected, bundleRtcpMux } from './bundle.ts';
import { bundlePayloads, bundleRoles, bundleSources } from './bundle-shared.ts';
import type { Check } from './check.ts';
import { directions, duplicates } from './duplicates.ts';
import { extmapIds, extmapLevels } from './extmaps.ts';
import { fmtpRepeated } from './fmtp.ts';
import { invisible } from './invisible.ts';
import { level } from './level.ts';
import { finalLineEnding, lineEndings, trailingSpace } from './line-endings.ts';
import { lineForm, unknownAttribute } from './line-form.ts';
import { lineOrder, repeatedLines } from './line-order.ts';
import { duplicateMid, missingMid } from './mids.ts';
import {
  aptReference,
  opusMapping,
  repeatedPayload,
  rtpmapConflict,
  rtpmapMissing,
  staticConflict,
  unusedPayload,
} from './payload-types.ts';
import { connectionData, requiredLines } from './required-lines.ts';
import { ridPayloads, ridUnique, simulcastRids } from './rids.ts';
import { muxMissing, muxOnly } from './rtcp-mux.ts';
import { sctpPortMissing, sctpTwice } from './sctp.ts';
import { sdesKeys, ssrcGroupMembers } from './ssrcs.ts';
import { syntax } from './syntax.ts';
import { eventClocks } from './telephone-events.ts';
import { mixedTracks } from './tracks.ts';
import {
  candidateUfrag,
  fingerprintMissing,
  iceMissing,
  icePair,
  setupMissing,
  setupRole,
} from './transport.ts';

export const checks = defineRegistry<Check>([
  syntax,
  lineForm,
  unknownAttribute,
  invisible,
  lineEndings,
  finalLineEnding,
  trailingSpace,
  requiredLines,
  connectionData,
  lineOrder,
  repeatedLines,
  duplicates,
  directions,
  level,
  duplicateMid,
  missingMid,
  bundleMids,
  bundleRejected,
  bundleOnlyPort,
  bundleRtcpMux,
  bundlePayloads,
  bundleRoles,
  bundleSources,
  icePair,
  iceMissing,
  fingerprintMissing,
  setupMissing,
  setupRole,
  candidateUfrag,
  rtpmapMissing,
  rtpmapConflict,
  staticConflict,
  unusedPayload,
  repeatedPayload,
  aptReference,
  opusMapping,
  fmtpRepeated,
  extmapIds,
  extmapLevels,
  ridUnique,
  ridPayloads,
  simulcastRids,
  muxOnly,
  muxMissing,
  sctpTwice,
  sctpPortMissing,
  ssrcGroupMembers,
  mixedTracks,
  eventClocks,
  sdesKeys,
]);
