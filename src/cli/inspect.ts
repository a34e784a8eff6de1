/** `icescope inspect`: lines, tokens and findings of each file. */
import { pushTo } from '../core/base/push-to.ts';
import type { Finding } from '../core/sdp/checks/check.ts';
import { visible } from '../core/sdp/grammar.ts';
import { inspectForBrowsers as inspectText } from '../core/sdp/inspect-for-browsers.ts';
import type { Paste, PastedDescription } from '../core/sdp/paste/paste.ts';
import { readPaste } from '../core/sdp/read-paste.ts';
import { cite } from '../core/base/rfc-sections.ts';
import { FileError, JSON_VERSION, parseArguments, type Command, type Io } from './command.ts';
import { readText } from './input.ts';

export const inspect: Command = {
  id: 'inspect',
  usage: 'inspect [FILE…|-] [--json]',
  summary: 'every line and token explained, every mistake named',
  async run(args, io) {
    const { options, files } = parseArguments(args, ['--json']);
    let worst = 0;
    for (const file of files.length === 0 ? ['-'] : files) {
      worst = Math.max(worst, await inspectFile({ file, json: options.has('--json'), io }));
    }
    return worst;
  },
};

interface Job {
  readonly file: string;
  readonly json: boolean;
  readonly io: Io;
}

async function inspectFile({ file, json, io }: Job): Promise<number> {
  const report = await readReport(file, io);
  io.stdout.write(json ? `${JSON.stringify(report)}\n` : asText(report));
  if (report.problem !== undefined) {
    io.stderr.write(`icescope inspect: ${file}: ${report.problem}\n`);
    return 2;
  }
  return report.findings.some((finding) => finding.severity === 'error') ? 1 : 0;
}

async function readReport(file: string, io: Io): Promise<Report> {
  try {
    const text = await readText(file, io);
    const paste = readPaste(text);
    return paste.ok ? report(file, paste.value) : unreadable(file, { problem: paste.error.message, text });
  } catch (error) {
    if (error instanceof FileError) return unreadable(file, { problem: error.problem, text: '' });
    throw error;
  }
}

type ReportLine = ReturnType<typeof linesOf>[number];

interface Report {
  readonly icescope: number;
  readonly file: string;
  readonly input: { readonly kind: string; readonly notices: readonly string[] };
  readonly descriptions: readonly { readonly type: string | null; readonly firstLine: number }[];
  readonly lines: readonly ReportLine[];
  readonly findings: readonly Finding[];
  /** Why the input can not be used. */
  readonly problem?: string;
}

/** Lines of several descriptions are numbered as in the text, or on and on when each was unwrapped. */
function report(file: string, paste: Paste): Report {
  const parts: { first: number; part: ReturnType<typeof inspectPart>; type: string | null }[] = [];
  let next = 1;
  for (const description of paste.descriptions) {
    const part = inspectPart(description, paste);
    const first = Math.max(next, description.firstLine);
    parts.push({ first, part, type: description.type ?? null });
    next = first + part.lines.length;
  }
  return {
    icescope: JSON_VERSION,
    file,
    input: { kind: paste.kind, notices: paste.notices },
    descriptions: parts.map(({ first, type }) => ({ type, firstLine: first })),
    lines: parts.flatMap(({ part, first }) => linesOf(part, first - 1)),
    findings: parts.flatMap(({ part, first }) => part.findings.map((finding) => moved(finding, first - 1))),
    ...(paste.kind === 'empty' ? { problem: paste.notices[0]! } : {}),
  };
}

const inspectPart = ({ sdp, type, complete }: PastedDescription, { kind }: Paste) =>
  inspectText(sdp, { type, complete, candidates: kind === 'candidates' || kind === 'candidate-json' });

function linesOf({ lines, readings }: ReturnType<typeof inspectText>, offset: number) {
  return lines.map((line, index) => {
    const { explanation, tokens, known, rfc } = readings[index]!;
    const { raw, section, type, name } = line;
    return { number: line.number + offset, raw, section, type, name, explanation, tokens, known, rfc };
  });
}

const moved = (finding: Finding, offset: number): Finding =>
  offset === 0
    ? finding
    : {
        ...finding,
        line: finding.line + offset,
        ...(finding.lines === undefined ? {} : { lines: finding.lines.map((line) => line + offset) }),
        ...(finding.others === undefined
          ? {}
          : { others: finding.others.map((place) => ({ ...place, line: place.line + offset })) }),
      };

/** Input that is no SDP still shows its lines, and says on the first one that it is none. */
function unreadable(file: string, { problem, text }: { problem: string; text: string }): Report {
  const part = inspectText(text.slice(0, 100_000), { complete: false });
  const finding: Finding = {
    rule: 'not-sdp',
    severity: 'error',
    line: 1,
    claim: 'This is not SDP',
    reason: problem,
    message: problem,
    rfc: cite('RFC 8866', '5'),
  };
  return {
    icescope: JSON_VERSION,
    file,
    input: { kind: 'unreadable', notices: [] },
    descriptions: [],
    lines: linesOf(part, 0),
    findings: [finding],
    problem,
  };
}

function asText({ file, input, lines, findings, problem }: Report): string {
  if (problem !== undefined) return '';
  const head = [`${file}: ${input.kind}`, ...input.notices.map((notice) => `  ${notice}`)];
  const byLine = new Map<number, Finding[]>();
  for (const finding of findings) pushTo(byLine, finding.line, finding);
  const body = lines.flatMap((line) => [
    `${String(line.number).padStart(4)}  ${visible(line.raw)}`,
    `      ${line.explanation}`,
    ...line.tokens
      .filter((token) => token.role !== 'type' && token.role !== 'name')
      .map((token) => `        ${visible(line.raw.slice(token.start, token.end))}: ${token.explanation}`),
    ...(byLine.get(line.number) ?? []).map(
      (finding) =>
        `      ${finding.severity.toUpperCase()} ${finding.message} (${finding.rule}; ${finding.rfc.rfc} section ${finding.rfc.section})`,
    ),
  ]);
  return `${[...head, ...body].join('\n')}\n`;
}
