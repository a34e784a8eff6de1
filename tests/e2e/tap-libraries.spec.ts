/** Libraries that we did not write, tapped: what is recorded is what the library's own connections say of themselves. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { PeerServer } from 'peer';
import { readSession } from '../../src/core/session/codec.ts';
import type { NewEvent } from '../../src/core/session/event.ts';
import { expect, savedFile, test } from './app.ts';
import { allow, head, openPage, openViewer, rowsOf, withSite } from './tap/attach.ts';

const require = createRequire(import.meta.url);
const library = (file: string): string => readFileSync(require.resolve(file), 'utf8');

/** Each connects two ends in one page, says `hello`, and leaves the two RTCPeerConnections in `ends` once it came. */
const PAGES: Readonly<Record<string, { readonly file: string; readonly script: (port: number) => string }>> =
  {
    'simple-peer': {
      file: 'simple-peer/simplepeer.min.js',
      script: () => `
      const [a, b] = [new SimplePeer({ initiator: true }), new SimplePeer()];
      a.on('signal', (data) => b.signal(data));
      b.on('signal', (data) => a.signal(data));
      a.on('connect', () => a.send('hello'));
      b.on('data', () => (window.ends = [a._pc, b._pc]));`,
    },
    peerjs: {
      file: 'peerjs/dist/peerjs.min.js',
      script: (port) => `
      const options = { host: '127.0.0.1', port: ${port}, path: '/', config: { iceServers: [] } };
      const b = new Peer('bea', options);
      b.on('connection', (there) => there.on('data', () => (window.ends = [here.peerConnection, there.peerConnection])));
      let here;
      b.on('open', () => {
        const a = new Peer('ann', options);
        a.on('open', () => {
          here = a.connect('bea');
          here.on('open', () => here.send('hello'));
        });
      });`,
    },
  };

/** What a connection says of itself, or what was recorded of it. */
interface Said {
  readonly local: string;
  readonly remote: string;
  readonly candidates: readonly string[];
  readonly ice: string;
  readonly connection: string;
  readonly signaling: string;
}

const CANDIDATES = /^a=candidate:.*$/gm;

for (const [name, { file, script }] of Object.entries(PAGES))
  test(`${name}: the record is what its connections say of themselves`, async ({ realBrowser, server }) => {
    const broker: Server = await new Promise((done) => PeerServer({ host: '127.0.0.1', port: 0 }, done));
    const { port } = broker.address() as AddressInfo;
    const page = head(server.url, `<script src="/lib.js"></script><script>${script(port)}</script>`);
    await withSite({ '/': page, '/lib.js': library(file) }, async ({ url }) => {
      const { app } = await openViewer(realBrowser, server.url);
      const popup = await openPage(app, url);
      await allow(app);
      await popup.waitForFunction('window.ends');
      await expect(rowsOf(app).filter({ hasText: 'connected over' })).toHaveCount(1);
      const said = await popup.evaluate(() =>
        (window as unknown as { ends: RTCPeerConnection[] }).ends.map((pc) => ({
          local: pc.localDescription!.sdp,
          remote: pc.remoteDescription!.sdp,
          candidates: [],
          ice: pc.iceConnectionState,
          connection: pc.connectionState,
          signaling: pc.signalingState,
        })),
      );
      const read = readSession(await savedFile(app, 'Save session'));
      const events = read.ok ? read.value.events : [];
      // peerjs also makes a connection of which nothing becomes, to see what the browser can.
      const peers = new Set(
        events.flatMap(({ type, peer }) => (type === 'setRemoteDescription' ? [peer] : [])),
      );
      const ends = [...peers].map((peer) => recorded(events.filter((event) => event.peer === peer)));
      const ordered = (list: readonly Said[]) =>
        list.toSorted((one, other) => (one.local < other.local ? -1 : 1));
      expect(ordered(ends)).toEqual(ordered(said.map(withCandidates)));
      await app.context().close();
    });
    broker.closeAllConnections();
    broker.close();
  });

const withCandidates = (said: Said): Said => ({
  ...said,
  local: core(said.local),
  remote: core(said.remote),
  candidates: (said.local.match(CANDIDATES) ?? []).map((line) => fields(line.slice(2))).sort(),
});

/** Up to the type: in a description the generation of a candidate is not said once more. */
const fields = (candidate: string): string => candidate.split(' ').slice(0, 8).join(' ');

/** What stays of a description while candidates are added to it. */
const core = (sdp: string): string =>
  (sdp.match(/^(?:o=.*|a=(?:ice-ufrag|ice-pwd|fingerprint|setup).*)$/gm) ?? []).join();

function recorded(events: readonly NewEvent[]): Said {
  const last = (type: string): unknown => events.findLast((event) => event.type === type)?.value;
  const sdp = (type: string): string => core((last(type) as { sdp: string }).sdp);
  return {
    local: sdp('setLocalDescriptionOnSuccess'),
    remote: sdp('setRemoteDescription'),
    candidates: events
      .flatMap((event) =>
        event.type === 'onicecandidate' && event.value?.candidate ? fields(event.value.candidate) : [],
      )
      .sort(),
    ice: String(last('oniceconnectionstatechange')),
    connection: String(last('onconnectionstatechange')),
    signaling: String(last('onsignalingstatechange')),
  };
}
