import type { IceServers } from './server-config.ts';

/** What the server beside the page offers; on a static host, nothing. */
class Server {
  iceServers = $state.raw<IceServers>([]);
  /** Whether it shows the packets that it sees. */
  xray = $state(false);
  asked = $state(false);
  /** It answers: then it has rooms too. */
  here = $state(false);
  readonly summary = $derived(
    !this.asked
      ? ''
      : this.iceServers.length
        ? 'STUN, TURN and rooms on this machine'
        : this.here
          ? 'rooms on this machine'
          : 'no STUN or TURN server',
  );
  #answer: Promise<void> | undefined;

  servers = (stunOnly: boolean): IceServers =>
    stunOnly
      ? this.iceServers.filter(({ urls }) => urls.some((url) => url.startsWith('stun')))
      : this.iceServers;

  /** Once, however often it is called. */
  ask = (): Promise<void> => (this.#answer ??= this.#ask());

  async #ask(): Promise<void> {
    try {
      const response = await fetch('config.json', { cache: 'no-store' });
      const { readConfig } = await import('./server-config.ts');
      const config = readConfig(await response.json());
      this.here = config !== null;
      this.iceServers = config?.iceServers ?? [];
      this.xray = config?.xray ?? false;
    } catch {
      // A page opened without its server, or offline: loopback works all the same.
    } finally {
      this.asked = true;
    }
  }
}

export const server = new Server();
