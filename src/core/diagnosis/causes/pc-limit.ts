import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';

/** Chromium's words; 500 connections a renderer, counted until they are collected (crbug.com/825576). */
const WORDS = /cannot create so many PeerConnections/i;

export const pcLimit: Cause = {
  id: 'pc-limit',
  verdict: 'The page holds too many connections, and the browser refuses more.',
  find({ events }) {
    const refusal = events.find(
      ({ type, value }) => /OnFailure$|^:unknown$/.test(type) && WORDS.test(textOf(value)),
    );
    if (!refusal) return null;
    return {
      confidence: 'certain',
      message:
        'The browser refused to make another RTCPeerConnection: connections that are not closed stay counted until they are collected.',
      evidence: shown(refusal.id, 'too many connections'),
      change: {
        who: 'page',
        what: 'Close each connection that is over, and let go of it.',
        code: `pc.close();\npc = null;`,
      },
    };
  },
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '').slice(0, 2000);
