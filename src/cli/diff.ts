import type { Command } from './command.ts';
export const diff: Command = { id: 'diff', usage: 'diff', summary: '', run: () => Promise.resolve(2) };
