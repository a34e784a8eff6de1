import type { IceServers } from './server-config.ts';

/** What the server beside the page offers; on a static host, nothing. */
class Server {
  iceServers = $state.raw<IceServers>([]);
  asked = $state(false);
  readonly summary = $derived(
    !this.asked ? '' : this.iceServers.length ? 'STUN and TURN on this machine' : 'no STUN or TURN server',
  );

  async ask(): Promise<void> {
    try {
      const response = await fetch('config.json', { cache: 'no-store' });
      const { readConfig } = await import('./server-config.ts');
      this.iceServers = readConfig(await response.json()) ?? [];
    } catch {
      // A page opened without its server, or offline: loopback works all the same.
    } finally {
      this.asked = true;
    }
  }
}

export const server = new Server();
