/** `icescope inspect`: lines, tokens and findings of each file. */
import { pushTo } from '../core/base/push-to.ts';
import type { Finding } from '../core/sdp/checks/check.ts';
import { visible } from '../core/sdp/grammar.ts';
import { inspectForBrowsers as inspectText } from '../core/sdp/inspect-for-browsers.ts';
import { numbersOf, type Origin, type Paste, type PastedDescription } from '../core/sdp/paste/paste.ts';
import { parseTree, roundTrip } from '../core/sdp/parsed.ts';
import { readPaste } from '../core/sdp/read-paste.ts';
import { cite } from '../core/base/cite.ts';
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
  readonly descriptions: readonly ReturnType<typeof descriptionOf>[];
  readonly lines: readonly ReportLine[];
  readonly findings: readonly Finding[];
  /** Why the input can not be used. */
  readonly problem?: string;
}

interface Part {
  readonly part: ReturnType<typeof inspectPart>;
  readonly type: string | null;
  readonly sdp: string;
  /** The number of each line. */
  readonly numbers: readonly number[];
  readonly origins: readonly Origin[];
}

/** Lines of several descriptions are numbered as in the text, or on and on when each was unwrapped. */
function report(file: string, paste: Paste): Report {
  const parts: Part[] = [];
  let last = 0;
  for (const description of paste.descriptions) {
    const part = inspectPart(description, paste);
    const own = numbersOf(description.origins);
    const shift = (own[0] ?? 1) > last ? 0 : last + 1 - (own[0] ?? 1);
    const numbers = own.map((number) => number + shift);
    parts.push({
      part,
      numbers,
      sdp: description.sdp,
      origins: description.origins,
      type: description.type ?? null,
    });
    last = numbers.at(-1) ?? last;
  }
  return {
    icescope: JSON_VERSION,
    file,
    input: { kind: paste.kind, notices: paste.notices },
    descriptions: parts.map(descriptionOf),
    lines: parts.flatMap(({ part, numbers, origins }) => linesOf(part, numbers, origins)),
    findings: parts.flatMap(({ part, numbers }) => part.findings.map((finding) => moved(finding, numbers))),
    ...(paste.kind === 'empty' ? { problem: paste.notices[0]! } : {}),
  };
}

const inspectPart = ({ sdp, type, complete, fragment }: PastedDescription, { kind }: Paste) =>
  inspectText(sdp, {
    type,
    complete,
    fragment: fragment === true,
    candidates: kind === 'candidates' || kind === 'candidate-json',
  });

/** With what sdp-transform makes of it, and the lines that it does not give back. */
function descriptionOf({ part: { lines }, numbers, type, sdp }: Part) {
  const { lossy } = roundTrip(sdp, lines);
  return {
    type,
    firstLine: numbers[0] ?? 1,
    parsed: parseTree(sdp),
    lossy: lossy.map(({ line, why }) => ({ line: numbers[line - 1] ?? line, why })),
  };
}

/** `origin` says where the line stood in the input, in its own lines and characters. */
function linesOf(
  { lines, readings }: ReturnType<typeof inspectText>,
  numbers: readonly number[],
  origins: readonly Origin[],
) {
  return lines.map((line, index) => {
    const { explanation, tokens, known, rfc } = readings[index]!;
    const { raw, section, type, name } = line;
    const number = numbers[index] ?? line.number;
    const origin = origins[index];
    return { number, raw, section, type, name, explanation, tokens, known, rfc, origin };
  });
}

function moved(finding: Finding, numbers: readonly number[]): Finding {
  const at = (line: number): number => numbers[line - 1] ?? line;
  return {
    ...finding,
    line: at(finding.line),
    ...(finding.lines === undefined ? {} : { lines: finding.lines.map(at) }),
    ...(finding.others === undefined
      ? {}
      : { others: finding.others.map((place) => ({ ...place, line: at(place.line) })) }),
  };
}

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
    lines: linesOf(part, [], []),
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
