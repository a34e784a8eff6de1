/**
 * What a page can ask of WebRTC's interfaces and of its own connections, as text that can be compared: run in a page, with
 * and without the tap. Whatever differs is something that a page could notice.
 */
export async function probe(): Promise<Readonly<Record<string, unknown>>> {
  const told: Record<string, unknown> = {};
  const shape = (holder: object, name: string): string => {
    const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(holder, name) ?? {};
    const text = (one: unknown): string =>
      typeof one === 'function'
        ? `${Function.prototype.toString.call(one)} ${String(one)} ${one.name} ${one.length} ${Object.getOwnPropertyNames(one).join()}`
        : typeof one;
    return JSON.stringify([text(value), text(get), text(set), flags]);
  };
  for (const kind of [RTCPeerConnection, RTCDataChannel, Function] as const) {
    for (const name of Object.getOwnPropertyNames(kind)) told[`${kind.name}.${name}`] = shape(kind, name);
    for (const name of Object.getOwnPropertyNames(kind.prototype))
      told[`${kind.name}#${name}`] = shape(kind.prototype, name);
    told[`window.${kind.name}`] = shape(window, kind.name);
  }
  const legacy = (window as { webkitRTCPeerConnection?: unknown }).webkitRTCPeerConnection;
  told['legacy name'] = [typeof legacy, legacy === RTCPeerConnection];
  told['names of the window'] = Object.getOwnPropertyNames(window)
    .filter((name) => !/^__|^playwright/.test(name))
    .sort();
  const refused = (run: () => unknown): string => {
    try {
      return `gave ${typeof run()}`;
    } catch (error) {
      return String(error);
    }
  };
  told['called without new'] = refused(() => (RTCPeerConnection as unknown as () => void)());
  told['a wrong configuration'] = refused(() => new RTCPeerConnection({ iceServers: [{ urls: 'x:y' }] }));
  told['a method on something else'] = refused(() => RTCPeerConnection.prototype.close.call({} as never));
  told['as a member of null'] = refused(() => Function.prototype.toString.call(null));
  class Own extends RTCPeerConnection {
    readonly mine = 7;
    override close(): void {
      told['an override runs'] = true;
      super.close();
    }
  }
  const [pc, own] = [new RTCPeerConnection(), new Own()];
  told['connections'] = [pc, own].map((one) => [
    one instanceof RTCPeerConnection,
    one instanceof Own,
    one instanceof EventTarget,
    one.constructor === RTCPeerConnection,
    one.constructor.name,
    Object.getPrototypeOf(one) === RTCPeerConnection.prototype,
    RTCPeerConnection.prototype.constructor === RTCPeerConnection,
    Object.getPrototypeOf(RTCPeerConnection) === EventTarget,
    Object.prototype.toString.call(one),
    Object.getOwnPropertyNames(one),
    one.createOffer === RTCPeerConnection.prototype.createOffer,
    Object.hasOwn(one, 'createOffer'),
    JSON.stringify(Object.keys(one)),
  ]);
  const order: string[] = [];
  pc.onnegotiationneeded = () => order.push('negotiationneeded');
  pc.onsignalingstatechange = () => order.push(pc.signalingState);
  const channel = pc.createDataChannel('probe', { id: 5, negotiated: true });
  told['channel'] = [
    channel.label,
    channel.id,
    Object.getOwnPropertyNames(channel),
    channel instanceof RTCDataChannel,
  ];
  told['send too early'] = refused(() => channel.send('x'));
  const promise = pc.createOffer();
  told['promise'] = [promise instanceof Promise, Object.prototype.toString.call(promise)];
  const offer = await promise;
  told['offer'] = [offer.type, typeof offer.sdp, Object.prototype.toString.call(offer)];
  await pc.setLocalDescription(offer).then(() => order.push('set'));
  await pc.addIceCandidate({ candidate: 'x', sdpMid: '0' }).catch((error: Error) => order.push(error.name));
  told['order'] = order;
  told['certificate'] = Object.prototype.toString.call(
    await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as EcKeyGenParams),
  );
  own.close();
  pc.close();
  told['closed'] = [pc.signalingState, own.signalingState, refused(() => pc.createDataChannel('late'))];
  return told;
}
