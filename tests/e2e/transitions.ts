/**
 * What the Web Platform Tests hold of an RTCPeerConnection's states, as rows that run in a page. All 63 of them can be
 * produced there. Where two editions of a test disagree, the row says what the current one asks for.
 */
import { candidateRows } from './transitions/candidates.ts';
import { connectionRows } from './transitions/connection.ts';
import { gatheringRows } from './transitions/gathering.ts';
import { restartRows } from './transitions/restart.ts';
import type { Row } from './transitions/row.ts';
import { signalingRows } from './transitions/signaling.ts';

export const TRANSITIONS: readonly Row[] = [
  ...signalingRows,
  ...gatheringRows,
  ...connectionRows,
  ...candidateRows,
  ...restartRows,
];
