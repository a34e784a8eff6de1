import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../src/core/lessons/lesson.ts';
import { compileLesson } from '../../src/lessons-compiler/compile.ts';
import { readGlossary } from '../../src/lessons-compiler/glossary.ts';
import { matchLesson } from '../../src/lessons-compiler/match.ts';
import { GLOSSARY, LESSONS, root } from './library.ts';

const FILE = 'lessons/01-two-peers-meet/index.md';
const GOOD = readFileSync(join(root, FILE), 'utf8');
const { lesson: FITTING } = LESSONS[0]!;

/** The line that a change makes different, as the build must name it. */
function broken(
  find: string,
  put: string,
  glossary = GLOSSARY,
): { readonly message: string; readonly line: number } {
  expect(GOOD).toContain(find);
  const source = GOOD.replace(find, () => put);
  const line = GOOD.slice(0, GOOD.indexOf(find)).split('\n').length;
  return { message: problemOf(() => compileLesson(source, FILE, glossary)), line };
}

function problemOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

const match = (lesson: Lesson): string =>
  problemOf(() =>
    matchLesson(compileLesson(GOOD, FILE, GLOSSARY), lesson, FILE, {
      diagrams: new Set(['paths', 'ladder', 'states']),
      recordings: new Set(),
    }),
  );

const changed = (id: string, what: object): Lesson => ({
  ...FITTING,
  steps: { ...FITTING.steps, [id]: { ...FITTING.steps[id]!, ...what } as never },
});

const DELAY = { kind: 'slide', id: 'delay', label: 'Zigzag', from: 1, to: 9, start: 1 };

describe('a broken lesson is refused with file and line', () => {
  it.each([
    ['an unknown block', ':::hint\nThe button', ':::hind\nThe button', /no directive “:::hind”/],
    ['an unknown word in a paragraph', ':term[peers]', ':word[peers]', /no directive “:word”/],
    ['a dead glossary link', ':term[peers]', ':term[pears]', /“pears” is not in/],
    ['a wrong RFC section', 'RFC 8831, section 5', 'RFC 8831, section 55', /RFC 8831, section 55/],
    ['a source without a place', 'RFC 8831, section 5', 'somebody said so', /not where to read/],
    ['a reference to no source', ':from{#object}', ':from{#subject}', /“subject” is not the `key`/],
    ['an unknown leg of the map', 'leg: meet', 'leg: west', /leg/],
    ['a member that nobody reads', 'minutes: 6', 'minuts: 6', /minut/],
    ['two true answers', '- [ ] a server on the internet', '- [x] a server on the internet', /2 options/],
    [
      'an option that is none',
      '- [ ] a server on the internet',
      '- a server on the internet',
      /begins with “\[ \]”/,
    ],
    ['a step without a name', '## Now they talk {#say}', '## Now they talk', /a title and a name/],
    ['two steps of one name', '{#say}', '{#letters}', /two steps “letters”/],
    [
      'a link into nowhere',
      'Think of a phone call.',
      '[Think](javascript:alert) of a call.',
      /A link goes to/,
    ],
    ['a board without a name', 'Think of a phone call.', '\n\n::board\n\n', /A board has a name/],
    ['HTML', 'Think of a phone call.', 'Think of <b>a</b> phone call.', /“html” has no place/],
  ])('%s', (_, find, put, told) => {
    const { message, line } = broken(find, put);
    expect(message).toMatch(told);
    expect(message.startsWith(`${FILE}:`), message).toBe(true);
    expect(
      Math.abs(Number(/:(\d+):/.exec(message)?.[1]) - line),
      `${message}, at ${line}`,
    ).toBeLessThanOrEqual(10);
  });

  it('names the very line of what stands in a paragraph', () => {
    const { message, line } = broken(':term[data channel]', ':term[data canal]');
    expect(message).toContain(`${FILE}:${line}:`);
  });

  it('with a source that stands behind no words', () =>
    expect(broken(':from{#carried}', '').message).toMatch(/“carried” stands behind no words/));

  it('with too few questions at its end', () => {
    const { message } = broken(':::quiz{#what-first}', ':::predict{#what-first}');
    expect(message).toMatch(/asks three questions/);
  });

  it.each([
    [
      'a step without a check',
      { ...FITTING, steps: { connect: FITTING.steps['connect']! } },
      /“letters” has no check/,
    ],
    ['a check that is none', changed('say', { check: undefined }), /“say” has no check/],
    [
      'a step of no words',
      { ...FITTING, steps: { ...FITTING.steps, sing: FITTING.steps['say']! } },
      /“sing”/,
    ],
    ['no solution', changed('say', { solution: [] }), /no solution/],
    [
      'a button that no word names',
      changed('say', { solution: [{ press: 'Gather' }] }),
      /“Gather”, which the words/,
    ],
    ['a diagram that is none', changed('say', { stage: { show: ['path'] } }), /no diagram “path”/],
    ['a show without an entry', changed('say', { shows: {} }), /:show\{#talk\}/],
    ['an unknown outcome', changed('say', { outcomes: { which: () => 0 } }), /names “which”/],
    [
      'a prediction that nobody tells',
      changed('connect', { outcomes: {} }),
      /No option of “how-long” is true/,
    ],
    [
      'a recording that is not there',
      changed('connect', { run: { kind: 'recording', file: 'x' } }),
      /no recording “x.txt”/,
    ],
    [
      'a server without a recording',
      changed('connect', { run: { kind: 'connect', needs: 'turn' } }),
      /offers a recording/,
    ],
    [
      'a dial that is none',
      changed('say', { solution: [{ turn: 'delay', to: '3' }] }),
      /“delay”, which is no dial/,
    ],
    [
      'a dial that no word names',
      changed('say', {
        run: { kind: 'simulate', dials: [DELAY] },
        solution: [{ turn: 'delay', to: '3' }],
      }),
      /“Zigzag”, which the words/,
    ],
    [
      'two dials of one name',
      changed('say', {
        run: { kind: 'simulate', dials: [DELAY, DELAY] },
      }),
      /Two dials are called “delay”/,
    ],
    ['a board that stands nowhere', changed('say', { boards: { sum: { dials: [] } } }), /“sum” of lesson.ts/],
    ['no session to begin with', changed('connect', { run: undefined }), /where its session comes from/],
  ] as const)('%s', (_, lesson, told) => {
    const message = match(lesson as Lesson);
    expect(message).toMatch(told);
    expect(message).toMatch(/^lessons\/01-two-peers-meet\/index\.md:\d+:/);
  });

  it('and a whole one is not', () => expect(match(FITTING)).toBe('nothing was refused'));
});

describe('the glossary', () => {
  it('explains no word twice', () => {
    const twice =
      'peer:\n  means: one\n  in: RFC 9429, section 1.1\npeers:\n  means: two\n  also: [peer]\n  in: RFC 9429, section 1.1\n';
    expect(problemOf(() => readGlossary(twice, 'g.yaml'))).toMatch(/^g\.yaml:\d+: “peer” is explained twice/);
  });

  it('gives a source for each word', () => {
    expect(problemOf(() => readGlossary('peer:\n  means: one\n', 'g.yaml'))).toMatch(/^g\.yaml:\d+: peer/);
  });
});
