import { readServers } from '../../core/ice/read-servers.ts';
import {
  allowsRelaysOnly,
  explainOwnAddresses,
  type OwnAddresses,
  type Permission,
} from '../../core/ice/server-test/own-addresses.ts';
import { serverKind } from '../../core/ice/server-url.ts';
import { gatherOwn, withCamera } from '../../live/server-test/own-addresses.ts';

/** “Why have I no candidates?”: what was gathered without servers, and what it says. */
export class OwnAddressesState {
  told: OwnAddresses | null = $state.raw(null);
  running = $state(false);
  #controller = new AbortController();

  readonly finding = $derived(this.told && explainOwnAddresses(this.told));

  /** `text`: the configuration that was typed, for its policy and its TURN servers. */
  look(text: string): Promise<void> {
    return this.#run(text, 'not-asked');
  }

  /** Asks the reader for the camera first. */
  lookWithPermission(text: string): Promise<void> {
    this.running = true;
    return withCamera((permission) => this.#run(text, permission));
  }

  stop(): void {
    this.#controller.abort();
  }

  async #run(text: string, permission: Permission): Promise<void> {
    this.#controller.abort();
    const { signal } = (this.#controller = new AbortController());
    this.running = true;
    const relayOnly = allowsRelaysOnly(text) ? await gatherOwn('relay', signal) : null;
    const all = await gatherOwn('all', signal);
    this.running = false;
    if (!signal.aborted) this.told = { all, relayOnly, hasTurn: hasTurn(text), permission };
  }
}

function hasTurn(text: string): boolean {
  const read = readServers(text);
  return read.ok && read.value.some(({ urls }) => urls.some((url) => serverKind(url) === 'TURN'));
}
