/** Sound and picture made in the page: no camera, no microphone, no permission. */
export interface SyntheticMedia {
  readonly tracks: readonly MediaStreamTrack[];
  stop(): void;
}

export function syntheticMedia(wanted: { readonly audio: boolean; readonly video: boolean }): SyntheticMedia {
  const sources = [...(wanted.audio ? [tone()] : []), ...(wanted.video ? [picture()] : [])];
  return {
    tracks: sources.flatMap(({ tracks }) => tracks),
    stop: () => sources.forEach((source) => source.stop()),
  };
}

/** A quiet 440 Hz that goes to the connection only, never to the speakers. */
function tone(): SyntheticMedia {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: 440 });
  const out = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(new GainNode(context, { gain: 0.1 })).connect(out);
  oscillator.start();
  return {
    tracks: out.stream.getAudioTracks(),
    stop: () => {
      oscillator.stop();
      void context.close();
    },
  };
}

/** A dot that walks, 10 pictures a second, 160 × 120. */
function picture(): SyntheticMedia {
  const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
  const context = canvas.getContext('2d')!;
  let step = 0;
  const draw = () => {
    context.fillStyle = '#16191C';
    context.fillRect(0, 0, 160, 120);
    context.fillStyle = '#009E73';
    context.fillRect((step++ * 4) % 160, 50, 20, 20);
  };
  draw();
  const timer = setInterval(draw, 100);
  const tracks = canvas.captureStream(10).getVideoTracks();
  return {
    tracks,
    stop: () => {
      clearInterval(timer);
      tracks.forEach((track) => track.stop());
    },
  };
}
