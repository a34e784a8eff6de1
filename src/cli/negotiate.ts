import type { Command } from './command.ts';
export const negotiate: Command = {
  id: 'negotiate',
  usage: 'negotiate',
  summary: '',
  run: () => Promise.resolve(2),
};
