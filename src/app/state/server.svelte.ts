import * as v from 'valibot';

const Config = v.object({
  iceServers: v.array(
    v.object({
      urls: v.array(v.string()),
      username: v.exactOptional(v.string()),
      credential: v.exactOptional(v.string()),
    }),
  ),
});
export type IceServers = v.InferOutput<typeof Config>['iceServers'];

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
      const config = v.safeParse(Config, await response.json());
      if (config.success) this.iceServers = config.output.iceServers;
    } catch {
      // A page opened without its server, or offline: loopback works all the same.
    } finally {
      this.asked = true;
    }
  }
}

export const server = new Server();
