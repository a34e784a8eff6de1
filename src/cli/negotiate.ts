/** `icescope negotiate`: what two descriptions agree on, and what a browser would say to them. */
import {
  negotiate as negotiateTexts,
  type NegotiatedSection,
  type Negotiation,
  type PredictedError,
} from '../core/sdp/negotiate.ts';
import { JSON_VERSION, parseArguments, UsageError, type Command } from './command.ts';
import { readOne } from './input.ts';

export const negotiate: Command = {
  id: 'negotiate',
  usage: 'negotiate OFFER ANSWER [--json]',
  summary: 'what both sides agree on, section by section, and the error that a browser would throw',
  async run(args, io) {
    const { options, files } = parseArguments(args, ['--json']);
    const [offerFile, answerFile, ...rest] = files;
    if (offerFile === undefined || answerFile === undefined || rest.length > 0)
      throw new UsageError('two files are needed: the offer and the answer');
    const offer = await readOne(offerFile, io, 'offer');
    const answer = await readOne(answerFile, io, 'answer');
    const result = negotiateTexts(offer.sdp, answer.sdp);
    io.stdout.write(
      options.has('--json') ? `${JSON.stringify({ icescope: JSON_VERSION, ...result })}\n` : asText(result),
    );
    return result.predictedErrors.length > 0 ? 1 : 0;
  },
};

function asText({ sections, bundle, predictedErrors }: Negotiation): string {
  const groups = bundle.map((mids) => `transport: ${mids.join(', ')}`);
  return `${[...sections.flatMap(sectionText), ...groups, ...predictedErrors.map(errorText)].join('\n')}\n`;
}

function sectionText({ mid, kind, agreed, reason }: NegotiatedSection): readonly string[] {
  const head = `${mid ?? '-'} ${kind}: `;
  if (agreed === null) return [`${head}rejected. ${reason ?? ''}`];
  const codecs = agreed.codecs.map(
    (codec) =>
      `    ${codec.name}/${codec.clockRate}: payload type ${codec.offererPayload} of the offerer, ${codec.answererPayload} of the answerer`,
  );
  const { offerer, answerer } = agreed.setup;
  return [
    `${head}${agreed.direction} for the offerer`,
    ...(answerer === null ? [] : [`    DTLS: offerer ${offerer ?? '?'}, answerer ${answerer}`]),
    ...codecs,
  ];
}

const errorText = ({ browser, call, error, reason, mend, says, line }: PredictedError): string =>
  [
    `${browser}: ${call} would reject with ${error}: ${reason}${line === undefined ? '' : ` (line ${line})`}`,
    ...(says === undefined ? [] : [`    in its words: ${says}`]),
    ...(mend === undefined ? [] : [`    ${mend}`]),
  ].join('\n');
