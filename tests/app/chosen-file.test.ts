import { expect, test } from 'vitest';
import { chosenFile } from '../../src/app/format/chosen-file.ts';

test('the same file can be chosen again: the input is empty once it was read', () => {
  const file = new File(['x'], 'session.jsonl');
  const input = { files: [file], value: 'C:\\fakepath\\session.jsonl' } as unknown as HTMLInputElement;
  expect(chosenFile({ currentTarget: input })).toBe(file);
  expect(input.value).toBe('');
});

test('nothing chosen is no file', () => {
  const input = { files: [], value: '' } as unknown as HTMLInputElement;
  expect(chosenFile({ currentTarget: input })).toBeUndefined();
});
