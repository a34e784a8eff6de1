import { serverKind } from '../../core/ice/server-url.ts';
import type { IceServers } from './server-config.ts';

/** What the server beside the page offers; on a static host, nothing. */
class Server {
  iceServers = $state.raw<IceServers>([]);
  /** Whether it shows the packets that it sees. */
  xray = $state(false);
  /** Whether it has rooms: only Icescope's own server does. */
  rooms = $state(false);
  asked = $state(false);
  /** Whether where the page came from answers at all. */
  answers = $state(true);
  readonly summary = $derived(
    !this.asked ? '' : this.answers ? this.#offer() : 'the server does not answer; the app works without',
  );
  #answer: Promise<void> | undefined;

  servers = (stunOnly: boolean): IceServers =>
    stunOnly
      ? this.iceServers.filter(({ urls }) => urls.some((url) => serverKind(url) === 'STUN'))
      : this.iceServers;

  /** Once, however often it is called; again where nobody answered. */
  ask = (): Promise<void> => (this.#answer ??= this.#ask());

  /** Asked once more, where something that needed it went wrong; whether it answers. */
  async stillAnswers(): Promise<boolean> {
    await (this.#answer = this.#ask());
    return this.answers;
  }

  async #ask(): Promise<void> {
    try {
      const response = await fetch('config.json', { cache: 'no-store' });
      this.answers = true;
      const { readConfig } = await import('./server-config.ts');
      const config = readConfig(await response.json().catch(() => null));
      this.iceServers = config?.iceServers ?? [];
      this.rooms = config?.rooms ?? false;
      this.xray = config?.xray ?? false;
    } catch {
      // Loopback, another tab and letters by hand work all the same.
      this.answers = false;
      this.#answer = undefined;
    } finally {
      this.asked = true;
    }
  }

  #offer(): string {
    if (this.iceServers.length > 0)
      return this.rooms ? 'STUN, TURN and rooms on this machine' : 'STUN and TURN, no rooms';
    return this.rooms ? 'rooms on this machine' : 'no server for STUN, TURN or rooms';
  }
}

export const server = new Server();
