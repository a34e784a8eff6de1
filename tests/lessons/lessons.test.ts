import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Action, type Situation } from '../../src/core/lessons/lesson.ts';
import { paragraphsOf, proseOf } from '../../src/core/lessons/prose.ts';
import { questionsOf } from '../../src/core/lessons/text.ts';
import { NO_FACTS } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';
import { diagramIds, recordingsOf } from '../../src/lessons-compiler/folder.ts';
import { matchLesson } from '../../src/lessons-compiler/match.ts';
import { GLOSSARY, LESSONS, root } from './library.ts';
import { claimsOfBrowsers, figuresIn, numbersIn, referencesOf, unsourced, wordsBefore } from './prose.ts';
import { readability } from './readability.ts';

const NOTHING: Situation = { atCursor: NO_FACTS, selection: null, answers: {} };

describe.each(LESSONS)('$name', ({ name, compiled, lesson }) => {
  const { text } = compiled;

  it('has words and a lesson.ts that fit', () => {
    const known = { diagrams: diagramIds(root), recordings: recordingsOf(join(root, 'lessons'), name) };
    expect(() => matchLesson(compiled, lesson, `lessons/${name}/index.md`, known)).not.toThrow();
  });

  it('checks nothing as done before anything has happened, and says what is missing', () => {
    for (const [id, step] of Object.entries(lesson.steps)) {
      const verdict = step.check(NO_FACTS, NOTHING);
      expect(verdict, id).toBeTypeOf('string');
      expect(String(verdict).length, id).toBeGreaterThan(20);
    }
  });

  it('is not done by answers alone', () => {
    for (const [id, step] of Object.entries(lesson.steps)) {
      const answers = Object.fromEntries(step.solution.flatMap(typed));
      const selection: Selection = { kind: 'candidate', id: 'host/udp/10.0.0.1/1' };
      expect(step.check(NO_FACTS, { ...NOTHING, selection, answers }), id).not.toBe(true);
    }
  });

  // It is read beside what the learner's own session told, which may be another: in another browser, or on a slow day.
  it('says in no reply how a prediction came out that the session decides', () => {
    for (const { id, blocks } of text.text) {
      const decided = Object.keys(lesson.steps[id]?.outcomes ?? {});
      const questions = questionsOf(blocks).filter((question) => decided.includes(question.id));
      for (const option of questions.flatMap(({ options }) => options)) {
        const reply = paragraphsOf(option.reply).join(' ');
        expect(reply, id).not.toMatch(
          /^(Right|Yes|Nearly|It (was|took|did))\b|\byour browser (does|did|makes)|this time/i,
        );
      }
    }
  });

  it('gives a source for each number in its prose', () => {
    const sources = text.sources.map(({ claim, in: place }) => `${claim} ${place}`).join(' ');
    const known = new Set(numbersIn(sources));
    const unsourced = proseOf(text)
      .flatMap(numbersIn)
      .filter((number) => !known.has(number));
    expect([...new Set(unsourced)]).toEqual([]);
  });

  it('refers to a source for each claim, and each figure stands in one', () => {
    expect(text.sources.filter(({ key }) => key === null)).toEqual([]);
    for (const step of text.text) {
      expect(unsourced(text, step), step.id).toEqual([]);
      if (step !== text.text.at(-1)) expect(referencesOf(step), step.id).not.toEqual([]);
    }
  });

  it('is short: 5 to 10 minutes at 180 words a minute and three quarters of a minute a step', () => {
    const words = proseOf(text).join(' ').split(/\s+/).length;
    expect(words / 180 + text.steps * 0.75).toBeLessThanOrEqual(10.5);
  });
});

function typed(action: Action): readonly [string, string][] {
  if ('turn' in action) return [[action.turn, action.to]];
  return 'into' in action && typeof action.type === 'string' ? [[action.into, action.type]] : [];
}

describe('figures in prose', () => {
  it.each([
    ['It takes two minutes, or twenty bytes.', ['20', '2']],
    ['A tenth of a second later, 35 of 100.', ['35', '100', '0.1']],
    ['Two peers, one way, at 10.1.0.2:5000.', []],
    ['16 777 216 is fifteen times more.', ['16777216', '15']],
  ])('%s', (text, figures) => expect(figuresIn(text)).toEqual(figures));

  it('are missed where the step does not refer to their source', () => {
    const { text } = LESSONS.find(({ name }) => name.startsWith('02'))!.compiled;
    const step = text.text.find(({ id }) => id === 'open')!;
    const elsewhere = { ...text, sources: text.sources.map((one) => ({ ...one, key: `not-${one.key}` })) };
    expect(unsourced(text, step)).toEqual([]);
    expect(unsourced(elsewhere, step)).toContain('2');
  });
});

describe('all lessons', () => {
  it('explain each word of the glossary before it is used without explanation', () => {
    const early: string[] = [];
    const known = new Set<string>();
    for (const { name, compiled } of LESSONS) {
      for (const step of compiled.text.text) {
        for (const { word, at } of wordsBefore([...step.blocks, ...step.hints.flat()], GLOSSARY, known))
          early.push(`${name} ${step.id}: “${word}” in “${at}”`);
      }
    }
    expect(early).toEqual([]);
  });

  it('use every word of the glossary', () => {
    const used = new Set(LESSONS.flatMap(({ compiled }) => Object.keys(compiled.text.glossary)));
    expect([...GLOSSARY.words.keys()].filter((word) => !used.has(word))).toEqual([]);
  });

  it('stand in order, each at its own number and name', () => {
    const heads = LESSONS.map(({ compiled: { text } }) => text);
    expect(heads.map(({ number }) => number)).toEqual(
      [...new Set(heads.map(({ number }) => number))].sort((a, b) => a - b),
    );
    expect(new Set(heads.map(({ slug }) => slug)).size).toBe(heads.length);
    expect(new Set(heads.map(({ question }) => question)).size).toBe(heads.length);
  });

  // Flesch Reading Ease (Flesch, 1948): 60 to 70 is “plain English”, read by 13- to 15-year-olds; more is easier.
  it.each(LESSONS)('$name reads as easily as plain English', ({ compiled }) => {
    const { ease, medianSentence, age } = readability(
      compiled.text.text.flatMap(({ blocks }) => paragraphsOf(blocks)),
    );
    expect(ease).toBeGreaterThanOrEqual(65);
    expect(medianSentence).toBeLessThanOrEqual(18);
    expect(age).toBeLessThanOrEqual(compiled.text.number <= 6 ? 14 : 16);
  });
});

describe('what is said of browsers', () => {
  const claims = LESSONS.flatMap(({ name, compiled: { text } }) =>
    text.text.flatMap((step) =>
      claimsOfBrowsers(step).map((claim) => ({ ...claim, at: `${name} ${step.id}`, sources: text.sources })),
    ),
  );

  it('has its source in the same paragraph', () => {
    expect(claims.length).toBeGreaterThan(10);
    expect(claims.filter(({ keys }) => keys.length === 0).map(({ at, words }) => `${at}: ${words}`)).toEqual(
      [],
    );
  });

  // A browser that is named was asked, or a document speaks of it.
  it('is held by a recording of the browser that it names', () => {
    const wrong = claims.flatMap(({ at, words, keys, sources }) => {
      const held = sources.filter(({ key }) => keys.includes(key ?? ''));
      const seen = held.map(({ claim, in: place }) => `${claim} ${place} ${recordedIn(place)}`).join(' ');
      const named = ['Chromium', 'Firefox', 'Safari'].filter((browser) => words.includes(browser));
      return named
        .filter((browser) => !seen.toLowerCase().includes(browser.toLowerCase()))
        .map((one) => `${at}: ${one}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** Who was recorded in the files that a source names. */
const recordedIn = (place: string): string =>
  [...place.matchAll(/[\w./-]+\.txt/g)]
    .map(([file]) => join(root, file.includes('/') ? '' : 'tests/fixtures/sessions', file))
    .map((file) => [...readFileSync(file, 'utf8').matchAll(/Chromium|Firefox/g)].join(' '))
    .join(' ');
