/** Eight bytes there and back over a data channel: a time when it is a question, the same below zero when it is the answer. */

/** Answers every question on the channel. */
export function echoBack(channel: RTCDataChannel): void {
  channel.binaryType = 'arraybuffer';
  channel.addEventListener('message', ({ data }) => {
    const mark = markOf(data);
    if (mark > 0) channel.send(new Float64Array([-mark]));
  });
}

/** Milliseconds of the round trip. */
export async function measureEcho(channel: RTCDataChannel | null): Promise<number> {
  if (!channel) throw new Error('There is no data channel to measure.');
  channel.binaryType = 'arraybuffer';
  const started = performance.now();
  const back = new Promise<void>((resolve) => {
    const check = ({ data }: MessageEvent) => {
      if (markOf(data) !== -started) return;
      channel.removeEventListener('message', check);
      resolve();
    };
    channel.addEventListener('message', check);
  });
  channel.send(new Float64Array([started]));
  await back;
  return performance.now() - started;
}

/** One echo says little: the browser may have been busy with something else. */
const ECHOES = 7;

/** Milliseconds of the middle one of several round trips, one after the other. */
export async function typicalEcho(channel: RTCDataChannel | null): Promise<number> {
  const trips: number[] = [];
  while (trips.length < ECHOES) trips.push(await measureEcho(channel));
  return trips.sort((a, b) => a - b)[ECHOES >> 1]!;
}

/** 0 for anything else. */
const markOf = (data: unknown): number =>
  data instanceof ArrayBuffer && data.byteLength === 8 ? new Float64Array(data)[0]! : 0;
