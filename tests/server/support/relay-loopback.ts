export interface RelayLoopback {
  readonly urls: string;
  readonly username: string;
  readonly credential: string;
  /** How much data to send through. */
  readonly bytes: number;
}

export interface RelayOutcome {
  readonly state: string;
  /** Candidate types of the selected pair. */
  readonly types: readonly (string | undefined)[];
  readonly received: number;
}

/** Runs in the page: two connections that may use relay candidates only. */
export async function relayLoopback({
  urls,
  username,
  credential,
  bytes,
}: RelayLoopback): Promise<RelayOutcome> {
  const iceServers = [{ urls, username, credential }];
  const [a, b] = [0, 1].map(() => new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' })) as [
    RTCPeerConnection,
    RTCPeerConnection,
  ];
  a.onicecandidate = ({ candidate }) => void (candidate && b.addIceCandidate(candidate));
  b.onicecandidate = ({ candidate }) => void (candidate && a.addIceCandidate(candidate));
  let received = 0;
  const done = new Promise<void>((resolve) => {
    setTimeout(resolve, 15_000);
    b.ondatachannel = ({ channel }) => {
      channel.binaryType = 'arraybuffer';
      channel.onmessage = ({ data }) => {
        received += (data as ArrayBuffer).byteLength;
        if (received >= bytes) resolve();
      };
    };
  });
  const channel = a.createDataChannel('data');
  channel.onopen = () => {
    for (let sent = 0; sent < bytes; sent += 1000) channel.send(new Uint8Array(Math.min(1000, bytes - sent)));
  };
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription!);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription!);
  await done;
  const stats = [...((await a.getStats()) as unknown as Map<string, Record<string, string>>).values()];
  const transport = stats.find((stat) => stat['type'] === 'transport');
  const pair = stats.find(
    (stat) =>
      stat['type'] === 'candidate-pair' &&
      (stat['id'] === transport?.['selectedCandidatePairId'] || stat['selected']),
  );
  const typeOf = (id?: string) => stats.find((stat) => stat['id'] === id)?.['candidateType'];
  const outcome = {
    state: a.connectionState,
    types: [typeOf(pair?.['localCandidateId']), typeOf(pair?.['remoteCandidateId'])],
    received,
  };
  a.close();
  b.close();
  return outcome;
}
