import { dropped } from '../state/dropped.svelte.ts';
import type { Problem } from '../../core/base/result.ts';
import { applyFix, type Finding, type Fix } from '../../core/sdp/checks/check.ts';
import type { Inspection } from '../../core/sdp/inspect.ts';
import { decodeBytes, type SdpLine } from '../../core/sdp/lines.ts';
import { PASTE_LIMIT } from '../../core/sdp/read-paste.ts';
import type { DescriptionType } from '../../core/sdp/structure.ts';
import { exchangeAt } from './exchanges.ts';
import { findingsByLine } from './facts.ts';
import { tokensOf } from './pieces.ts';
import { leaveLink, lineOf, textOf } from './link.ts';
import { work } from './work.ts';
import { drive, finish, inspectForBrowsersInSlices, pause, Turn } from './slices.ts';

/** One description of what was pasted. */
export interface Part {
  /** As the wrapping says. */
  readonly type: DescriptionType | undefined;
  readonly complete: boolean;
  readonly candidates: boolean;
  /** An ICE fragment (RFC 8840). */
  readonly fragment: boolean;
  /** As it was pasted; `sdp` is what it became through fixes. */
  readonly original: string;
  readonly sdp: string;
  readonly inspection: Inspection;
}

type Source = Omit<Part, 'inspection'> & Partial<Pick<Part, 'inspection'>>;

/** What can be undone or done again: its title, and everything as it was on the other side of it. */
interface Step {
  readonly title: string;
  readonly text: string;
  readonly parts: readonly Part[];
}

const TYPING = 'Typing';
/** A second description begins. */
const ANOTHER = /[\r\n]v=0\r?\n?o=/;
/** Milliseconds: a longer rest ends a step of typing. */
const REST = 1500;

/** Line and token by index. */
export interface Place {
  readonly line: number;
  readonly token: number;
}

/** Characters; above this the work is done in slices. */
const SLICED = 16_000;
const START: Place = { line: 0, token: 0 };

export class InspectState {
  /** What stands in the box. */
  text = $state.raw('');
  notices = $state.raw<readonly string[]>([]);
  problem = $state.raw<Problem>();
  parts = $state.raw<readonly Part[]>([]);
  shownIndex = $state(0);
  place = $state.raw<Place>(START);
  done = $state.raw<readonly Step[]>([]);
  undone = $state.raw<readonly Step[]>([]);
  /** Numbers of the lines of the shown part that the pointer is at, in the list or in a picture. */
  pointed = $state.raw<readonly number[]>([]);
  /** From 0 to 1 while a large text is worked on. */
  progress = $state<number>();
  /** Of a large text the lines are drawn first, and what they say a task later. */
  linesOnly = $state(false);
  /** Texts that are pseudonyms already. */
  #redacted: readonly string[] = [];
  #run = 0;
  #typed = -Infinity;

  readonly shown = $derived(this.parts[this.shownIndex]);
  readonly offer = $derived(this.parts.find((part) => typeOf(part) === 'offer'));
  /** The offer and answer that the shown part is of. */
  readonly exchange = $derived(
    exchangeAt(
      this.parts.map((part) => ({ type: typeOf(part), sdp: part.sdp })),
      this.shownIndex,
    ),
  );

  /** What was typed or pasted. A text box gives line ends as LF alone, whatever they were: they count as CR LF. */
  type(text: string): void {
    void this.read(text.replaceAll('\n', '\r\n'));
  }

  /** From a clipboard or a drop: with line ends of its own when it has CR, else as typed. */
  paste(text: string): void {
    if (text.length > SHORTEST_DUMP && /^\s*(?:[{[<]|RTCStatsDump|\+{7} BEGIN)/.test(text))
      void isDump(new File([text], 'pasted text')).then((found) => found || this.#paste(text));
    else this.#paste(text);
  }

  #paste(text: string): void {
    if (text.includes('\r')) void this.read(text);
    else this.type(text);
  }

  async read(text: string): Promise<void> {
    leaveLink();
    await this.#read(text);
  }

  async #read(text: string): Promise<void> {
    this.#forget();
    this.#redacted = [];
    this.text = text;
    const run = this.#run;
    if (text.length > SLICED) await pause();
    if (run !== this.#run) return;
    if (text.trim() === '') return;
    const paste = await work('read', [text]);
    if (run !== this.#run) return;
    if (!paste.ok) {
      this.problem = paste.error;
      return;
    }
    const { kind, notices, descriptions } = paste.value;
    this.notices = notices;
    const candidates = kind === 'candidates' || kind === 'candidate-json';
    await this.#inspect(
      descriptions.map(({ sdp, type, complete, fragment = false }) => ({
        type,
        complete,
        candidates,
        fragment,
        original: sdp,
        sdp,
      })),
    );
  }

  async open(file: File): Promise<void> {
    if (await isDump(file)) return;
    if (file.size > PASTE_LIMIT) {
      this.problem = {
        message: `“${file.name}” has ${megabytes(file.size)}; the limit is 10 MB. Nothing was changed.`,
      };
      return;
    }
    await this.read(decodeBytes(new Uint8Array(await file.arrayBuffer())));
  }

  /** What a link to this page carries. */
  async follow(link: string): Promise<void> {
    const read = await textOf(link);
    if (!read.ok) {
      this.#forget();
      this.text = '';
      this.problem = read.error;
      return;
    }
    await this.#read(read.value);
    const line = lineOf(location.hash);
    if (line !== undefined) this.selectLine(line);
    this.notices = ['Opened from a link. It carried the whole text; no server was asked.', ...this.notices];
  }

  /** Ends the work on a large text; the lines stay, what was not reached is not explained. */
  stop(): void {
    this.#run += 1;
    this.progress = undefined;
    this.linesOnly = false;
    this.notices = [...this.notices, 'Stopped: not every line was read, and nothing was checked.'];
  }

  show(index: number): void {
    this.shownIndex = index;
    this.selectLine(this.#firstFinding() ?? 1);
  }

  select(line: number, token: number): void {
    this.place = { line, token };
  }

  /** Selects a line by its number; its first value if it has one. */
  selectLine(number: number): void {
    const line = this.shown?.inspection.lines[number - 1];
    if (line === undefined) return;
    const tokens = tokensOf(line, this.shown?.inspection.readings[number - 1]);
    const value = tokens.findIndex(({ role }) => role !== 'type' && role !== 'name');
    this.place = { line: number - 1, token: Math.max(0, value) };
  }

  /** The first of two descriptions is this, the second the other: what the page took them for was a guess. */
  setTypes(first: 'offer' | 'answer'): void {
    const second = first === 'offer' ? 'answer' : 'offer';
    void this.#inspect(
      this.parts.map((part, index): Source => {
        const { inspection: _old, ...source } = part;
        return { ...source, type: index === 0 ? first : index === 1 ? second : part.type };
      }),
    );
  }

  swap(): void {
    const [first] = this.parts;
    this.setTypes(first !== undefined && typeOf(first) === 'offer' ? 'answer' : 'offer');
  }

  fix(finding: Finding & { readonly fix: Fix }): void {
    const { shownIndex } = this;
    this.#change(finding.fix.title, (part, index) =>
      index === shownIndex ? applyFix(part.sdp, finding.fix) : part.sdp,
    );
  }

  /** The shown description as somebody types it. What is typed in one go is one step. */
  edit(sdp: string): void {
    const { shownIndex } = this;
    if (this.parts.length === 1 && ANOTHER.test(sdp)) return void this.read(sdp);
    const now = performance.now();
    const goesOn = now - this.#typed < REST && this.done.at(-1)?.title === TYPING;
    this.#change(TYPING, (part, index) => (index === shownIndex ? sdp : part.sdp), goesOn);
    this.#typed = now;
  }

  async redact(): Promise<void> {
    const { parts } = this;
    const redacted = await this.redacted();
    this.#redacted = redacted;
    if (parts === this.parts) this.#change('Redact', (_part, index) => redacted[index]!);
  }

  /** Each part without what could identify somebody. */
  async redacted(): Promise<readonly string[]> {
    const parts = this.parts.map(({ sdp, candidates }) => ({ sdp, candidates }));
    // Once is enough: a second time would give other pseudonyms.
    if (parts.every(({ sdp }) => this.#redacted.includes(sdp))) return parts.map(({ sdp }) => sdp);
    return work('redact', [[this.text, ...parts.map(({ sdp }) => sdp)], parts]);
  }

  undo(): void {
    const step = this.done.at(-1);
    if (step === undefined) return;
    this.undone = [...this.undone, this.#here(step.title)];
    this.done = this.done.slice(0, -1);
    this.#go(step);
  }

  redo(): void {
    const step = this.undone.at(-1);
    if (step === undefined) return;
    this.done = [...this.done, this.#here(step.title)];
    this.undone = this.undone.slice(0, -1);
    this.#go(step);
  }

  #here = (title: string): Step => ({ title, text: this.text, parts: this.parts });

  #go({ text, parts }: Step): void {
    this.#run += 1;
    this.#typed = -Infinity;
    this.progress = undefined;
    this.linesOnly = false;
    this.text = text;
    this.#publish(parts);
  }

  #change(title: string, rewrite: (part: Part, index: number) => string, goesOn = false): void {
    leaveLink();
    if (!goesOn) this.done = [...this.done, this.#here(title)];
    this.undone = [];
    this.#typed = -Infinity;
    const changed = this.parts.map((part, index): Source => {
      const sdp = rewrite(part, index);
      const { inspection: _old, ...source } = part;
      return sdp === part.sdp ? part : { ...source, sdp };
    });
    this.text = joined(changed.map(({ sdp }) => sdp));
    void this.#inspect(changed);
  }

  #forget(): void {
    this.#run += 1;
    this.progress = undefined;
    this.problem = undefined;
    this.notices = [];
    this.done = [];
    this.undone = [];
    this.pointed = [];
    this.parts = [];
    this.shownIndex = 0;
    this.place = START;
  }

  async #inspect(sources: readonly Source[]): Promise<void> {
    const run = (this.#run += 1);
    this.linesOnly = false;
    if (sources.reduce((sum, { sdp }) => sum + sdp.length, 0) <= SLICED) {
      this.#publish(
        sources.map((source) => ({ ...source, inspection: source.inspection ?? finish(stepsOf(source)) })),
      );
      return;
    }
    const first = this.parts.length === 0;
    this.progress = 0;
    await pause();
    const ready: Part[] = [];
    const turn = new Turn();
    for (const source of sources) {
      const inspection =
        source.inspection ??
        (await drive(stepsOf(source), turn, ({ inspection: partial, done }) => {
          if (run !== this.#run) return false;
          this.progress = (ready.length + done) / sources.length;
          const { description } = partial;
          this.linesOnly = first && this.parts[ready.length]?.inspection.description !== description;
          if (this.linesOnly)
            this.#publish([...ready, { ...source, inspection: { ...partial, findings: [] } }]);
          return true;
        }));
      if (inspection === undefined || run !== this.#run) return;
      this.linesOnly = false;
      ready.push({ ...source, inspection });
      const isShown = first && ready.length === 1;
      if ((isShown || turn.isOver) && !(await turn.pass(() => this.#tell(run, ready, sources.length))))
        return;
    }
    await pause();
    if (run !== this.#run) return;
    this.#publish(ready);
    this.progress = undefined;
  }

  /** The first is shown as soon as it is ready; of the others how many there are. */
  #tell(run: number, ready: readonly Part[], count: number): boolean {
    if (run !== this.#run) return false;
    this.progress = ready.length / count;
    if (ready.length === 1) this.#publish([...ready]);
    return true;
  }

  /** Selects the next line, or the one before, that `test` is true of, going round. */
  #moveTo(step: 1 | -1, test: (line: SdpLine) => boolean): boolean {
    const lines = this.shown?.inspection.lines ?? [];
    for (let away = 1; away <= lines.length; away += 1) {
      const index = (this.place.line + step * away + lines.length * 2) % lines.length;
      if (!test(lines[index]!)) continue;
      this.selectLine(index + 1);
      return true;
    }
    return false;
  }

  nextFinding(step: 1 | -1): void {
    const found = findingsByLine(this.shown?.inspection.findings ?? []);
    this.#moveTo(step, ({ number }) => found.has(number));
  }

  nextSection(step: 1 | -1): void {
    this.#moveTo(step, ({ type, number }) => type === 'm' || number === 1);
  }

  /** The next line that holds a text, in any case of letters; false when none does. */
  find(text: string, step: 1 | -1): boolean {
    const wanted = text.toLowerCase();
    return wanted !== '' && this.#moveTo(step, ({ raw }) => raw.toLowerCase().includes(wanted));
  }

  /** What a description opens on: the first error, else the first warning. */
  #firstFinding(): number | undefined {
    const findings = this.shown?.inspection.findings ?? [];
    const gravest =
      findings.find(({ severity }) => severity === 'error') ??
      findings.find(({ severity }) => severity === 'warning');
    return gravest?.line;
  }

  #publish(parts: readonly Part[]): void {
    this.parts = parts;
    if (this.shownIndex >= parts.length) this.shownIndex = 0;
    const last = (this.shown?.inspection.lines.length ?? 1) - 1;
    if (this.place === START || this.place.line > last) this.selectLine(this.#firstFinding() ?? 1);
  }
}

const stepsOf = ({ sdp, type, complete, candidates, fragment }: Source) =>
  inspectForBrowsersInSlices(sdp, { type, complete, candidates, fragment });

/** One text of several descriptions: each begins a line of its own. */
export const joined = (texts: readonly string[]): string =>
  texts.length === 1 ? texts[0]! : texts.map((sdp) => (/[\r\n]$/.test(sdp) ? sdp : `${sdp}\r\n`)).join('');

/** Characters: no dump that says anything is shorter, and most of what is pasted here is. */
const SHORTEST_DUMP = 1500;

/** A dump is known for what it is, and goes to the page for dumps. */
async function isDump(file: File): Promise<boolean> {
  const { readFile } = await import('../stage/open.ts');
  const read = await readFile(file);
  const found = read.ok && read.value.format.id !== 'description';
  if (found) dropped.take([file]);
  return found;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** What a description is, as its wrapping or its text says. */
export const typeOf = ({ type, inspection }: Part): DescriptionType | undefined => type ?? inspection.type;
