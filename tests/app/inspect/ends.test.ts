import { Text } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBetween, changeText, withPlainEnds } from '../../../src/app/inspect/editor/ends.ts';

describe('changeText', () => {
  it('leaves the ends of other lines as they are', () => {
    const text = 'v=0\r\no=-\ns=-\rt=0 0\r\n';
    expect(changeText(text, [{ from: 6, to: 7, insert: 'x' }])).toBe('v=0\r\no=x\ns=-\rt=0 0\r\n');
    expect(changeText(text, [{ from: 3, to: 3, insert: '\na=b' }])).toBe('v=0\r\na=b\r\no=-\ns=-\rt=0 0\r\n');
    expect(changeText(text, [{ from: 3, to: 4, insert: '' }])).toBe('v=0o=-\ns=-\rt=0 0\r\n');
    expect(changeText('', [{ from: 0, to: 0, insert: 'v=0\ns=-\n' }])).toBe('v=0\r\ns=-\r\n');
  });

  it('says the same as the editor, whatever is changed', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'b', '\r\n', '\n', '\r'), { maxLength: 20 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), texts, (text, a, b, inserted) => {
        const insert = withPlainEnds(inserted);
        // The editor's own document, of CodeMirror.
        const doc = Text.of(text.split(/\r\n?|\n/));
        const [from, to] = [a % (doc.length + 1), b % (doc.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const edited = doc.replace(from, to, Text.of(insert.split('\n')));
        expect(withPlainEnds(changeText(text, [{ from, to, insert }]))).toBe(edited.toString());
      }),
      { seed: 11, numRuns: 2000 },
    );
  });
});

describe('changeBetween', () => {
  it('makes one text of the other', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const change = changeBetween(before, after) ?? { from: 0, to: 0, insert: '' };
        expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});
