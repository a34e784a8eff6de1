/**
 * A diagnosis as Markdown, for a bug report or a letter to whoever has to change something: of addresses it tells the network alone,
 * and of hidden names nothing.
 */
import type { Diagnosis } from './index.ts';

export function reportOf({ verdict, causes, notes, unknown }: Diagnosis): string {
  const found = causes.flatMap(({ cause, confidence, message, evidence, change }) => [
    `- **${confidence}**: ${masked(message)} (\`${cause}\`)`,
    ...evidence.map(
      ({ event, line, shows }) =>
        `  - \`${event}\`${line === undefined ? '' : `, line ${line}`}: ${masked(shows)}`,
    ),
    ...(change ? [`  - the ${change.who} has to change: ${change.what}`, ...fenced(change.code)] : []),
  ]);
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
  return `${[
    `# ${verdict}`,
    ...part('Causes', found),
    ...part(
      'Worth knowing',
      notes.map(({ message }) => `- ${masked(message)}`),
    ),
    ...part(
      'What can not be known from here',
      unknown.map((one) => `- ${one}`),
    ),
  ].join('\n')}\n`;
}

const fenced = (code: string | undefined): readonly string[] =>
  code === undefined ? [] : ['', '    ```', ...code.split('\n').map((line) => `    ${line}`), '    ```', ''];

const ADDRESS = /(?<![\d.])(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}(?![\d.])/g;
const HIDDEN = /[0-9a-f]{8}-[0-9a-f-]{27}\.local/gi;
/** Or a fingerprint, which has neither `::` nor eight groups where it is told by its beginning. */
const GROUPS = /(?<![0-9a-f:.])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}(?![0-9a-f:])/gi;

const masked = (text: string): string =>
  text
    .replace(HIDDEN, 'hidden.local')
    .replace(ADDRESS, '$1.x.x')
    .replace(GROUPS, (found) => {
      const groups = found.split(':');
      return found.includes('::') || groups.length === 8 ? `${groups.slice(0, 2).join(':')}:x` : found;
    });
