/** From one press to the answer: this browser asks STUN, and the packets are on the stage with the own address marked. */
import { serverKind } from '../../core/ice/server-url.ts';
import type { Clock } from '../../core/base/clock.ts';
import { xorMappedAddress } from '../../core/stun/attributes/addresses.ts';
import { describePacket } from '../../core/stun/describe.ts';
import { decodeBase64 } from '../../core/base/base64.ts';
import type { Emit } from '../../core/session/event.ts';
import { askStun } from '../../live/stun-question.ts';
import { server } from './server.svelte.ts';
import type { StageState } from '../stage/stage.svelte.ts';

export interface Asked {
  readonly headline: string;
  readonly hint: string;
}

/** Longest wait for the browser to gather, then for the server's news of it. Milliseconds. */
const PATIENCE = { gathering: 4000, packets: 1500 };

export async function showStunQuestion(stage: StageState, emit: Emit, now: Clock): Promise<Asked> {
  stage.shown = ['packets'];
  stage.player.followLive = true;
  const iceServers = server.iceServers
    .filter(({ urls }) => urls.some((url) => serverKind(url) === 'STUN'))
    .map(({ urls }) => ({ urls: [...urls] }));
  await askStun({ emit, now, iceServers, timeout: PATIENCE.gathering });
  const answer = await answerOf(stage);
  if (!answer) return (await server.stillAnswers()) ? UNSEEN : GONE;
  stage.folded = true;
  stage.selection = { kind: 'bytes', id: answer.id };
  return {
    headline: `You are seen as ${answer.address}`,
    hint: 'Your question and its answer, byte for byte. What is marked is your own address, as STUN saw it.',
  };
}

const UNSEEN: Asked = {
  headline: 'No question reached STUN',
  hint: 'Firefox asks no server on a loopback address. Start Icescope with --stun-host and an address of this machine, as the README shows, and ask again. The lesson “How do I learn my own number?” has one that was recorded.',
};

const GONE: Asked = {
  headline: 'The server does not answer',
  hint: 'STUN and TURN of this machine stopped with it. Start it again (“npm start”), reload, and ask again. The lesson “How do I learn my own number?” has a question that was recorded.',
};

interface Answer {
  readonly address: string;
  /** Of the selection: its event and the bytes of XOR-MAPPED-ADDRESS. */
  readonly id: string;
}

async function answerOf(stage: StageState): Promise<Answer | null> {
  const until = performance.now() + PATIENCE.packets;
  for (;;) {
    const found = findAnswer(stage);
    if (found || performance.now() > until) return found;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

function findAnswer({ session }: StageState): Answer | null {
  for (const event of session.log.events) {
    if (event.type !== ':packet' || event.value.direction !== 'sent') continue;
    const { fields } = describePacket(decodeBase64(event.value.bytes) ?? new Uint8Array(0));
    const field = fields.find(({ name }) => name === xorMappedAddress.id);
    if (field) return { address: field.value, id: `${event.id}@${field.start}-${field.end}` };
  }
  return null;
}
