/** What an end says to the sound and the picture that it is offered, before it answers (RFC 3264, section 6.1). */
import { type SyntheticMedia, syntheticMedia } from './synthetic-media.ts';

/** `sendrecv` sends something of its own as well. */
export type MediaAnswer = 'recvonly' | 'sendrecv' | 'inactive';

/** The next answer says so for each; gives back what is sent from here on. */
export async function answerMedia(
  pc: RTCPeerConnection,
  answer: MediaAnswer,
): Promise<readonly SyntheticMedia[]> {
  const media: SyntheticMedia[] = [];
  for (const transceiver of pc.getTransceivers()) {
    const { sender, receiver, direction } = transceiver;
    if (direction === 'stopped') continue;
    transceiver.direction = answer;
    if (answer !== 'sendrecv' || sender.track) continue;
    const isAudio = receiver.track.kind === 'audio';
    const own = syntheticMedia({ audio: isAudio, video: !isAudio });
    media.push(own);
    await sender.replaceTrack(own.tracks[0]!);
  }
  return media;
}
