import type { Diagram } from '../diagram.ts';
import Packets from './Packets.svelte';
import PacketsFoot from './PacketsFoot.svelte';
import { caption, describe, legend } from './describe.ts';
import { type PacketsLayout, layout } from './layout.ts';

export const packets: Diagram<PacketsLayout> = {
  id: 'packets',
  title: 'Packets',
  question: 'Which STUN, TURN and DTLS messages went by, byte for byte?',
  layout,
  describe,
  caption,
  legend,
  component: Packets,
  foot: PacketsFoot,
};
