import type { Problem } from '../../core/base/result.ts';
import { readServers, writeServers } from '../../core/ice/read-servers.ts';
import { findingsOf } from '../../core/ice/server-test/findings.ts';
import { natOf } from '../../core/ice/server-test/nat.ts';
import { reportOf } from '../../core/ice/server-test/report.ts';
import { nameOfUser } from '../../core/ice/server-test/rest-user.ts';
import { summaryOf } from '../../core/ice/server-test/summary.ts';
import type { ServerTest } from '../../core/ice/server-test/evidence.ts';
import { type Row, rowsOf } from '../../core/ice/server-test/verdict.ts';
import { type IceServer, parseServerUrl } from '../../core/ice/server-url.ts';
import type { RestCredential } from '../../live/rest-credential.ts';
import { testServers } from '../../live/server-test/test-servers.ts';
import { handOver } from '../stage/hand-over.ts';
import { server } from '../connect/server.svelte.ts';
import { Session } from '../stage/session.svelte.ts';

/** The test of ICE servers: what was typed, what the browser told, and what follows. */
export class ServerTestState {
  text = $state('');
  problem: Problem | null = $state.raw(null);
  test: ServerTest | null = $state.raw(null);
  running = $state(false);
  /** The finding whose rows are marked; null marks the one that a new password mends. */
  chosen: string | null = $state(null);
  #controller: AbortController | null = null;
  /** What was gathered, URL by URL. */
  #session = new Session();

  readonly rows: readonly Row[] = $derived(this.test ? rowsOf(this.test) : []);
  readonly findings = $derived(this.test ? findingsOf(this.rows, this.test.startedAt) : []);
  readonly summary = $derived(summaryOf(this.rows, this.findings));
  readonly nat = $derived(
    this.test && !this.running
      ? natOf(
          this.test.mapping,
          this.test.told.flatMap(({ candidates }) => candidates),
        )
      : null,
  );
  readonly done: number = $derived(
    this.rows.filter(({ end }) => end !== 'waiting' && end !== 'asking').length,
  );
  readonly report = $derived(this.test && !this.running ? reportOf(this.test, this.nat) : '');
  /** The row that a new password would mend. */
  readonly mendable: Row | null = $derived.by(() => {
    const refused = this.findings.find(({ cause }) => cause === 'expired') ?? this.findings.find(isPassword);
    return this.rows.find(({ url, works }) => !works && refused?.urls.includes(url)) ?? null;
  });
  readonly marked = $derived(
    this.findings.find(({ id }) => id === this.chosen) ??
      this.findings.find(({ urls }) => this.mendable && urls.includes(this.mendable.url)) ??
      null,
  );

  async run(): Promise<void> {
    const read = readServers(this.text);
    this.problem = read.ok ? null : read.error;
    if (!read.ok) return;
    if (read.value.length === 0) return void (this.problem = EMPTY);
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.chosen = null;
    this.running = true;
    const onProgress = (soFar: ServerTest) => {
      if (this.#controller === controller) this.test = soFar;
    };
    const session = new Session();
    this.#session = session;
    const { signal } = controller;
    const test = await testServers({ servers: read.value, signal, onProgress, emit: session.emit });
    if (this.#controller !== controller) return;
    this.test = test;
    this.running = false;
  }

  /** Servers that another page wants tested; the reader adds their passwords. */
  fill(servers: readonly IceServer[]): void {
    this.stop();
    this.test = null;
    this.problem = null;
    this.text = writeServers(servers);
  }

  /** What is known by then stays. */
  stop(): void {
    this.#controller?.abort();
  }

  /** Called when the page is left: what was found is there when the reader comes back. */
  leave(): void {
    this.stop();
  }

  /** Puts the gatherings on the stage, where they can be looked at event by event, and saved. */
  openAsSession(): void {
    handOver({ session: this.#session, source: 'the test of ICE servers', diagram: 'gathering' });
    location.hash = '#/';
  }

  async runOwn(): Promise<void> {
    this.text = writeServers(server.iceServers);
    await this.run();
  }

  /** Gives every URL of this row's host that had the same user name the new one, and tests again. */
  async mend({ host, username }: Row, made: RestCredential): Promise<void> {
    const read = readServers(this.text);
    if (!read.ok) return;
    const fits = (one: IceServer) =>
      one.username === username && one.urls.some((url) => parseServerUrl(url)?.host === host);
    this.text = writeServers(read.value.map((one) => (fits(one) ? { ...one, ...made } : one)));
    await this.run();
  }
}

/** One for the page's life: its text and its findings outlast a look at another page. */
export const serverTest = new ServerTestState();

const isPassword = ({ cause }: { readonly cause: string }): boolean => cause === 'password';

const EMPTY: Problem = {
  message: 'There is no server to test.',
  expected: 'one URL a line, such as stun:stun.example.net:3478',
};

/** `ann` out of `1795284000:ann`; a plain name stays. */
export const nameToMend = (row: Row | null): string => nameOfUser(row?.username ?? '') || 'ann';
