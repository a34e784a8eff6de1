/** A diagnosis as Markdown, for a bug report or a letter to whoever has to change something. */
import type { Diagnosis } from './index.ts';

export function reportOf({ verdict, causes, notes, unknown }: Diagnosis): string {
  const found = causes.flatMap(({ cause, confidence, message, evidence, change }) => [
    `- **${confidence}**: ${message} (\`${cause}\`)`,
    ...evidence.map(
      ({ event, line, shows }) => `  - \`${event}\`${line === undefined ? '' : `, line ${line}`}: ${shows}`,
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
      notes.map(({ message }) => `- ${message}`),
    ),
    ...part(
      'What can not be known from here',
      unknown.map((one) => `- ${one}`),
    ),
  ].join('\n')}\n`;
}

const fenced = (code: string | undefined): readonly string[] =>
  code === undefined ? [] : ['', '    ```', ...code.split('\n').map((line) => `    ${line}`), '    ```', ''];
