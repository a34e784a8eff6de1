import { NO_FACTS, type Facts } from '../../core/projections/index.ts';
import { type Dial, standsAt, turnedOf } from '../../core/lessons/board.ts';
import {
  type Action,
  type ButtonName,
  type Run,
  type Situation,
  type StageSetting,
  type Step,
  dialsOf,
  runDials,
} from '../../core/lessons/lesson.ts';
import type { Hand } from '../../core/diagnosis/legal-steps.ts';
import { type Question, type StepText, fieldsOf, questionsOf } from '../../core/lessons/text.ts';
import type { ConnectState } from '../connect/connect.svelte.ts';
import { type StageState, lessMotion } from '../stage/stage.svelte.ts';
import { awaitedPress } from './awaited.ts';
import { lastHint } from './last-hint.ts';
import type { OpenedLesson } from './library.ts';
import { progress } from './progress.svelte.ts';
import { PRESS, isOffered, isRefused, isWatched, openRecording, openRun, openSimulation } from './run.ts';
import type { Tools } from './tools.ts';

/** A reader in a lesson: at which step, what was done and said there, and the sessions of its steps. */
export class LessonPlayer {
  readonly opened: OpenedLesson;
  readonly slug: string;
  #index = $state(0);
  /** What the last Check found missing. */
  reply = $state('');
  /** “Show me” is at work. */
  showing = $state(false);
  #hints: Readonly<Record<string, number>> = $state.raw({});
  /** By the id of the step that began them: going back finds them as they were. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- what is drawn is `#tools`
  readonly #runs = new Map<string, Tools>();
  #tools: Tools = $state.raw() as Tools;
  #left = false;

  readonly words: StepText = $derived.by(() => this.opened.text.text[this.#index]!);
  readonly step: Step | undefined = $derived.by(() => this.opened.lesson.steps[this.words.id]);
  readonly questions: readonly Question[] = $derived.by(() => questionsOf(this.words.blocks));
  readonly #kept = $derived.by(() => progress.of(this.slug));
  readonly isMet: boolean = $derived.by(() => this.#kept.met.includes(this.words.id));
  readonly isLast: boolean = $derived.by(() => this.#index === this.opened.text.text.length - 1);

  /** The button of the controls that the step waits for; null where Check comes next. */
  readonly awaited: ButtonName | null = $derived.by(() => awaitedPress(this));

  constructor(opened: OpenedLesson) {
    this.opened = opened;
    this.slug = opened.text.slug;
    const { step } = progress.of(this.slug);
    this.#enter(
      Math.max(
        0,
        opened.text.text.findIndex(({ id }) => id === step),
      ),
    );
  }

  get index(): number {
    return this.#index;
  }

  get connect(): ConnectState {
    return this.#tools.connect;
  }

  get tools(): Tools {
    return this.#tools;
  }

  get stage(): StageState {
    return this.#tools.connect.stage;
  }

  /** Where the session of this step comes from. */
  get run(): Run {
    return this.#runOf(this.#index).run;
  }

  /** Facts of the whole session, to its newest event. */
  get facts(): Facts {
    const { projector, log } = this.stage.session;
    return projector.at(log.events.length);
  }

  get answers(): Readonly<Record<string, string>> {
    return this.#kept.answers;
  }

  get finished(): boolean {
    return this.#kept.finished;
  }

  get hintsShown(): number {
    return this.#hints[this.words.id] ?? 0;
  }

  /** What is left of the hints, and of what they lead to. */
  get hintsLeft(): number {
    return this.words.hints.length + (this.step ? 1 : 0) - this.hintsShown;
  }

  /** The very presses, once all other hints were read. */
  get lastHint(): string {
    if (!this.step || this.hintsShown <= this.words.hints.length) return '';
    const fields = fieldsOf(this.words.blocks);
    const labelOf = (field: string): string => fields.find(({ id }) => id === field)?.label ?? field;
    return lastHint(this.step.solution, this.facts, labelOf, dialsOf(this.step));
  }

  stands = (dial: Dial): string => standsAt(dial, this.answers[dial.id]);

  isStepMet = (id: string): boolean => this.#kept.met.includes(id);

  /** A step may be opened when all before it are done. */
  isOpen = (index: number): boolean =>
    this.finished || this.opened.text.text.slice(0, index).every(({ id }) => this.isStepMet(id));

  hint(): void {
    this.#hints = { ...this.#hints, [this.words.id]: this.hintsShown + 1 };
  }

  answer(id: string, value: string): void {
    progress.change(this.slug, { answers: { ...this.answers, [id]: value } });
    const question = this.questions.find((one) => one.id === id);
    if (question?.kind === 'quiz')
      progress.answered(`${this.slug}/${id}`, question.options[Number(value)]!.right);
    this.reply = '';
  }

  /** What is turned is answered at once: by its board, or by the call, played again. */
  async turn(id: string, value: string): Promise<void> {
    this.answer(id, value);
    const { run, words } = this;
    if (run.kind !== 'simulate' || !runDials(this.step?.run).some((dial) => dial.id === id)) return;
    await openSimulation(this.connect, run, this.answers);
    if (this.#isAt(words)) this.#set(this.step?.stage);
  }

  /** The place of the option that was chosen. */
  said(question: string): number | null {
    const place = this.answers[question];
    return place === undefined ? null : Number(place);
  }

  /** The place of the true option, once it may be told. */
  outcome({ kind, id, options }: Question): number | null {
    const marked = options.findIndex(({ right }) => right);
    if (kind === 'quiz') return this.said(id) === marked ? marked : null;
    if (!this.isMet) return null;
    const kept = this.answers[`${id}.was`];
    if (kept !== undefined) return Number(kept);
    return marked < 0 ? null : marked;
  }

  /** Looks at the session: either the step is done, or `reply` says what is missing. */
  check(): void {
    const verdict = this.#verdict();
    this.reply = verdict === true ? '' : verdict;
    if (verdict !== true || this.isMet) return;
    const came = Object.entries(this.step?.outcomes ?? {}).map(([id, read]) => [
      `${id}.was`,
      String(read(this.facts)),
    ]);
    progress.change(this.slug, {
      met: [...this.#kept.met, this.words.id],
      answers: { ...this.answers, ...Object.fromEntries(came) },
      finished: this.finished || this.isLast,
    });
  }

  go(index: number): void {
    if (!this.isOpen(index)) return;
    this.#enter(index);
    progress.change(this.slug, { step: this.words.id });
  }

  /**
   * Plays the solution, through what the buttons of the page do too: from where the learner stands, and where that leads
   * nowhere any more, from the beginning of the session.
   */
  async showMe(): Promise<void> {
    const { words, step } = this;
    this.showing = true;
    for (const question of this.questions) this.#showAnswer(question);
    if (step) await this.#showStep(words, step);
    this.showing = false;
    if (this.#isAt(words)) this.check();
  }

  async #showStep(words: StepText, step: Step): Promise<void> {
    if (!this.isOffered) await this.openRecording();
    this.#set(step.stage);
    if (!(await this.#play(words, step)) && this.#isAt(words)) await this.#playFromStart();
  }

  act(action: Action): Promise<void> {
    return this.#act(action, this.words.blocks);
  }

  async #act(action: Action, blocks: StepText['blocks']): Promise<void> {
    const { connect, stage } = this;
    if ('press' in action) await this.#press(action.press, blocks);
    else if ('carry' in action) this.#tools.post.carry(action.carry);
    else if ('say' in action) connect.send(action.say);
    else if ('call' in action) {
      if (action.call === 'addIceCandidate') await haveCome(() => connect.hands?.[action.on]);
      await connect.runStep(action.on, action.call);
    } else if ('turn' in action) await this.turn(action.turn, action.to);
    else if ('open' in action) stage.show(action.open);
    else if ('select' in action) stage.selection = action.select(this.facts);
    else if ('into' in action)
      this.answer(action.into, typeof action.type === 'string' ? action.type : action.type(this.facts));
    else this.#stepUntil(action.stepUntil);
  }

  async show(name: string): Promise<void> {
    const setting = this.step?.shows?.[name];
    if (setting?.recording !== undefined)
      await openRecording(this.connect, setting.recording, this.opened.recording);
    this.#set(setting);
  }

  /** Without the server that the step needs: the same, recorded before. */
  async openRecording(): Promise<void> {
    const { run } = this;
    if (isWatched(run) || !run.recording) return;
    await openRecording(this.connect, run.recording, this.opened.recording);
    this.#set(this.step?.stage);
  }

  get isOffered(): boolean {
    return isOffered(this.run);
  }

  get isRefused(): boolean {
    return isRefused(this.run);
  }

  leave(): void {
    this.#left = true;
    for (const tools of this.#runs.values()) tools.leave();
  }

  #enter(index: number): void {
    this.#index = index;
    this.reply = '';
    const { id, run } = this.#runOf(index);
    let tools = this.#runs.get(id);
    if (!tools) {
      tools = openRun(run, this.opened.recording, this.answers);
      this.#runs.set(id, tools);
      const { connect, ready } = tools;
      void ready.then(() => this.#ready(connect));
    }
    this.#tools = tools;
    this.#set(this.step?.stage);
  }

  /** A new session, and in it the solutions of all steps that go on with it, up to this one. */
  async #playFromStart(): Promise<void> {
    const { words } = this;
    const { id, run } = this.#runOf(this.#index);
    this.#tools.leave();
    this.#resetDials(this.step);
    this.#tools = openRun(run, this.opened.recording, this.answers);
    this.#runs.set(id, this.#tools);
    await this.#tools.ready;
    if (!this.isOffered) await this.openRecording();
    const { text } = this.opened.text;
    const first = text.findIndex((one) => one.id === id);
    for (const one of text.slice(first, this.#index + 1)) {
      const step = this.opened.lesson.steps[one.id]!;
      this.#set(step.stage);
      if (!(await this.#play(one, step)) || !this.#isAt(words)) return;
    }
  }

  #resetDials(step: Step | undefined): void {
    const dials = dialsOf(step).map(({ id }) => id);
    const answers = Object.entries(this.answers).filter(([id]) => !dials.includes(id));
    progress.change(this.slug, { answers: Object.fromEntries(answers) });
  }

  /** Whether the step is done after its solution, as far as the learner has not gone elsewhere. */
  async #play({ blocks }: StepText, step: Step): Promise<boolean> {
    const { words } = this;
    try {
      for (const action of step.solution) {
        if ('press' in action && !this.isOffered) continue;
        await this.#act(action, blocks);
        await pause(PACE());
        if (!this.#isAt(words)) return false;
      }
    } catch {
      // The session is not what the solution goes on with: what is to be selected or typed is not in it.
      return false;
    }
    const isDone = () => step.check(this.facts, this.#situation()) === true;
    const begun = performance.now();
    let [count, grew] = [0, begun];
    while (!isDone() && this.#isAt(words)) {
      const now = performance.now();
      const { length } = this.stage.session.log.events;
      if (length > count) [count, grew] = [length, now];
      if (now - begun > PATIENCE || now - grew > QUIET) return false;
      await pause(PACE());
    }
    return this.#isAt(words);
  }

  #isAt = (words: StepText): boolean => this.words === words && !this.#left;

  #ready(connect: ConnectState): void {
    if (connect === this.connect) this.#set(this.step?.stage);
  }

  /** The nearest step at or before `index` that begins a session. */
  #runOf(index: number): { readonly id: string; readonly run: Run } {
    const { text, lesson } = this.opened;
    for (const { id } of text.text.slice(0, index + 1).reverse()) {
      const run = lesson.steps[id]?.run;
      if (run) return { id, run };
    }
    throw new Error('The first step of a lesson begins a session.');
  }

  #verdict(): true | string {
    const open = this.questions.find(({ id }) => this.answers[id] === undefined);
    if (open) return 'Choose an answer first. A wrong guess costs nothing.';
    if (!this.step) return this.#allRight();
    return this.step.check(this.facts, this.#situation());
  }

  #situation(): Situation {
    const { view, selection } = this.stage;
    return { atCursor: view.facts ?? NO_FACTS, selection, answers: this.answers };
  }

  #allRight(): true | string {
    const wrong = this.questions.filter(
      ({ id, options }) => !options[Number(this.answers[id])]?.right,
    ).length;
    if (wrong === 0) return true;
    return `${wrong === 1 ? 'One answer is' : `${wrong} answers are`} not right yet. Read what stands below it, and choose again.`;
  }

  #showAnswer({ kind, id, options }: Question): void {
    const right = options.findIndex((option) => option.right);
    if (kind === 'quiz' || this.answers[id] === undefined) this.answer(id, String(Math.max(0, right)));
  }

  /** Where a step can not be done for real, its recording stands for what is pressed. */
  async #press(name: ButtonName, blocks: StepText['blocks']): Promise<void> {
    const { connect, answers } = this;
    if (connect.phase === 'recorded') return;
    if (!this.isOffered) return this.openRecording();
    const typed = fieldsOf(blocks).map(({ id, letter = '' }) => [id, answers[id] ?? letter]);
    const turned = turnedOf(runDials(this.run), answers);
    await PRESS[name](this.#tools, this.run, {
      letter: '',
      password: '',
      turned,
      ...Object.fromEntries(typed),
    });
    if (this.step?.stage?.at === 'end') this.stage.player.followLive = true;
  }

  /** A step that sets nothing only asks: the stage rests at what is there, and moves no more. */
  #set(setting: StageSetting | undefined): void {
    const { stage } = this;
    if (!setting) return stage.player.seekIndex(stage.session.log.events.length);
    if (setting.show) stage.shown = setting.show;
    if (stage.session.log.events.length === 0) return;
    if (setting.at !== undefined) this.#seek(setting.at);
    stage.selection = setting.select?.(this.facts) ?? null;
  }

  #seek(at: NonNullable<StageSetting['at']>): void {
    const { player, session } = this.stage;
    if (at === 'start') return player.seekIndex(0);
    if (at === 'end') return void (player.followLive = true);
    const count = session.log.events.length;
    for (let index = 0; index <= count; index++)
      if (at(session.projector.at(index))) return player.seekIndex(index);
  }

  #stepUntil(passed: (facts: Facts) => boolean): void {
    const { player } = this.stage;
    while (!passed(this.stage.view.facts) && player.index < this.stage.session.log.events.length)
      player.stepForward();
  }
}

/** Milliseconds between two actions of “Show me”: none to watch where somebody wants less motion. */
const PACE = (): number => (lessMotion.matches ? 30 : 450);
/** How long it waits for the session to follow, in ms, and for the next event of it. */
const PATIENCE = 8000;
const QUIET = 2000;

/** A candidate may be on its way: with none at hand, the call would say that no more will come. */
async function haveCome(hand: () => Hand | undefined): Promise<void> {
  const begun = performance.now();
  while (hand()?.candidatesWaiting === 0 && performance.now() - begun < QUIET) await pause(30);
}

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
