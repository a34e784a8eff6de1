import type { Command } from './command.ts';
export const redact: Command = { id: 'redact', usage: 'redact', summary: '', run: () => Promise.resolve(2) };
