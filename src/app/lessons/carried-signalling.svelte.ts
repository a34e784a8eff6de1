import { recordingClock } from '../../core/base/clock.ts';
import type { NewEvent } from '../../core/session/event.ts';
import { descriptionId, writeCode } from '../../core/signalling/code.ts';
import { type PasteProblem, type Pasted, judge, readPasted } from '../../core/signalling/paste.ts';
import type { CopyPasteEndpoint } from '../../live/copy-paste.ts';
import { Session } from '../stage/session.svelte.ts';
import type { StageState } from '../stage/stage.svelte.ts';

type Side = 'A' | 'B';

/** A letter that is older than this answers nobody any more, in ms. */
const STALE = 10 * 60_000;

/** Two ends in one page, their letters, and the box that each reads from: the learner is the postman. */
export class CarriedSignallingState {
  /** What each has written, as one word to copy. */
  readonly written: Record<Side, string> = $state({ A: '', B: '' });
  /** What lies in the box of each. */
  readonly box: Record<Side, string> = $state({ A: '', B: '' });
  notice = $state('');
  readonly #stage: StageState;
  #ends: Readonly<Record<Side, CopyPasteEndpoint>> | null = null;
  #offer = '';

  constructor(stage: StageState) {
    this.#stage = stage;
  }

  /** Two new ends, and the first letter. */
  async write(): Promise<void> {
    const { copyPasteEndpoint } = await import('../../live/copy-paste.ts');
    this.close();
    Object.assign(this.written, { A: '', B: '' });
    Object.assign(this.box, { A: '', B: '' });
    const session = new Session();
    session.live = true;
    this.#stage.open(session, 'live · this page');
    const origin = performance.now();
    const now = recordingClock(() => performance.now() - origin);
    const emit = once(session.emit);
    const end = (role: Side) => copyPasteEndpoint({ role, configuration: {}, emit, now });
    this.#ends = { A: end('A'), B: end('B') };
    await this.#try(async () => {
      this.#offer = (await this.#ends!.A.writeOffer()).sdp;
      this.written.A = word('offer', this.#offer, null);
    });
  }

  /** Opens the letter in the box of B, which answers it, or in that of A. */
  async open(side: Side): Promise<void> {
    const { letter, problem } = this.read(side);
    if (problem) this.notice = `${problem.message} ${problem.advice}`;
    else if (!letter) this.notice = `The box of ${side} is empty. Paste the letter into it first.`;
    else
      await this.#try(async () => {
        if (side === 'A') return this.#ends?.A.setAnswer(letter.sdp);
        const { sdp } = await this.#ends!.B.writeAnswer(letter.sdp);
        this.written.B = word('answer', sdp, descriptionId(letter.sdp));
      });
  }

  /** What lies in a box, and what is wrong with it. */
  read(side: Side): { readonly letter: Pasted | null; readonly problem: PasteProblem | null } {
    if (this.box[side].trim() === '') return { letter: null, problem: null };
    const read = readPasted(this.box[side]);
    if (!read.ok) return { letter: null, problem: read.error };
    const [kind, own] = side === 'A' ? (['answer', this.#offer] as const) : (['offer', null] as const);
    return {
      letter: read.value,
      problem: judge(read.value, { kind, own, now: Date.now(), timeout: STALE }),
    };
  }

  async copy(side: Side): Promise<void> {
    await this.#try(() => navigator.clipboard.writeText(this.written[side]));
  }

  /** As somebody does it with their own hands. */
  carry(from: Side): void {
    this.box[from === 'A' ? 'B' : 'A'] = this.written[from];
  }

  close(): void {
    this.#ends?.A.close();
    this.#ends?.B.close();
    this.#stage.session.live = false;
  }

  async #try(step: () => Promise<unknown>): Promise<void> {
    this.notice = '';
    this.#stage.player.followLive = true;
    try {
      await step();
    } catch (error) {
      this.notice = (error as Error).message;
    }
  }
}

const word = (kind: 'offer' | 'answer', sdp: string, answers: number | null): string =>
  writeCode({ kind, sdp, writtenAt: Date.now(), answers });

/** Two ends of one page, and one session that begins once. */
function once(emit: (event: NewEvent) => void): (event: NewEvent) => void {
  let begun = false;
  return (event) => {
    if (event.type === ':peer') return emit({ ...event, value: { ...event.value, place: 'in this page' } });
    if (event.type !== ':session') return emit(event);
    if (!begun) emit({ ...event, value: { ...event.value, kind: 'loopback' } });
    begun = true;
  };
}
