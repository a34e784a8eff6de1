/** `icescope diagnose`: of each connection in a dump, or of both ends of a call, why it fails and who has to change what. */
import { sentence } from '../core/base/result.ts';
import { type Diagnosis, diagnose as diagnoseOne } from '../core/diagnosis/index.ts';
import { type BothEnds, joinEnds } from '../core/importers/both-ends.ts';
import type { Imported } from '../core/importers/index.ts';
import type { Candidate } from '../core/projections/candidates.ts';
import { type Facts, NO_FACTS, reduceAll } from '../core/projections/index.ts';
import type { MachineFacts } from '../core/projections/states.ts';
import type { PeerId, SessionEvent } from '../core/session/event.ts';
import { type Command, JSON_VERSION, UsageError, parseArguments } from './command.ts';
import { readDump } from './convert.ts';

export const diagnose: Command = {
  id: 'diagnose',
  usage: 'diagnose DUMP… [--json]',
  summary: 'why a call fails, what shows it and who has to change what; both ends of a call together',
  async run(args, io) {
    const { options, files } = parseArguments(args, ['--json']);
    if (files.length === 0) throw new UsageError('a dump is needed');
    const dumps: Imported[] = [];
    for (const file of files) dumps.push(await readDump(file, io));
    const report = reportOf(files, dumps);
    io.stdout.write(options.has('--json') ? `${JSON.stringify(report)}\n` : asText(report));
    return report.connections.some(({ causes }) => causes.some(({ confidence }) => confidence !== 'possible'))
      ? 1
      : 0;
  },
};

type Report = ReturnType<typeof reportOf>;

function reportOf(files: readonly string[], dumps: readonly Imported[]) {
  const [first, second] = dumps;
  const joined = dumps.length === 2 ? joinEnds(first!, second!) : undefined;
  const both = joined?.ok ? joined.value : undefined;
  const clock = both?.clock ?? null;
  return {
    icescope: JSON_VERSION,
    format: dumps.map(({ format }) => format.id),
    lost: [...new Set(dumps.flatMap(({ lost }) => lost))],
    notices: [
      ...dumps.flatMap(({ notices }) => notices),
      ...(both?.notices ?? []),
      ...(joined && !joined.ok ? [sentence(joined.error)] : []),
    ],
    clock: clock && { offset: clock.offset, uncertainty: clock.uncertainty },
    connections: both ? together(files, both) : dumps.flatMap((dump, index) => apart(files[index]!, dump)),
  };
}

const factsOf = (events: readonly SessionEvent[]): Facts => reduceAll(NO_FACTS, events);

function apart(file: string, { events, connections }: Imported) {
  const facts = factsOf(events);
  return connections.map((id) =>
    connectionOf({ id, file, peer: id }, facts, diagnoseOne(events, id, { facts })),
  );
}

function together(files: readonly string[], { events, ends, pairing }: BothEnds) {
  const facts = factsOf(events);
  return ends.map(({ peer, id, file }) => {
    const other = pairing.includes(peer) ? pairing.find((one) => one !== peer) : undefined;
    return connectionOf({ id, file: files[file]!, peer }, facts, diagnoseOne(events, peer, { other, facts }));
  });
}

function connectionOf(
  { id, file, peer }: { readonly id: string; readonly file: string; readonly peer: PeerId },
  facts: Facts,
  { verdict, causes, notes, unknown }: Diagnosis,
) {
  const { local = [], remote = [] } = facts.candidates[peer] ?? {};
  const { pairs = [], selectedId = null } = facts.pairs[peer] ?? {};
  const selected = pairs.find((pair) => pair.id === selectedId);
  const ends = selected && {
    local: local.find(({ statsId }) => statsId === selected.localId),
    remote: remote.find(({ statsId }) => statsId === selected.remoteId),
  };
  const machines = facts.states[peer];
  return {
    id,
    file,
    states: {
      signaling: told(machines?.signaling),
      gathering: told(machines?.gathering),
      ice: told(machines?.ice),
      connection: told(machines?.connection),
    },
    candidates: { local: local.map(candidateOf), remote: remote.map(candidateOf) },
    selectedPair:
      ends?.local && ends.remote
        ? { local: candidateOf(ends.local), remote: candidateOf(ends.remote) }
        : null,
    verdict,
    causes: causes.map(({ cause, confidence, message, evidence, change }) => ({
      cause,
      confidence,
      message,
      evidence,
      change,
    })),
    notes,
    unknown,
  };
}

const told = (machine: MachineFacts | undefined): readonly string[] =>
  (machine?.history ?? []).filter(({ event }) => event !== null).map(({ state }) => state);

const candidateOf = ({
  type,
  protocol,
  address,
  port,
  priority,
  relatedAddress,
  relatedPort,
  tcpType,
  ufrag,
  mid,
  url,
  event,
}: Candidate) => ({
  type,
  protocol,
  address,
  port,
  priority,
  relatedAddress,
  relatedPort,
  tcpType,
  ufrag,
  mid,
  url,
  event,
});

function asText({ connections, lost, notices, clock }: Report): string {
  const lines = connections.flatMap(({ id, file, verdict, causes, notes, unknown }) => [
    `${file}, ${id}`,
    `  ${verdict}`,
    ...causes.flatMap(({ cause, confidence, message, evidence, change }) => [
      `  ${confidence}: ${message} (${cause})`,
      ...evidence.map(
        ({ event, line, shows }) => `      ${event}${line === undefined ? '' : `, line ${line}`}: ${shows}`,
      ),
      ...(change ? [`      the ${change.who} changes: ${change.what}`, ...codeLines(change.code)] : []),
    ]),
    ...notes.map(({ message }) => `  note: ${message}`),
    ...unknown.map((one) => `  not known: ${one}`),
  ]);
  const clocks = clock
    ? [
        `The second clock is ${clock.offset.toFixed(1)} ms behind the first, within ${clock.uncertainty.toFixed(1)} ms.`,
      ]
    : [];
  return `${[...lines, ...clocks, ...notices, ...lost].join('\n')}\n`;
}

const codeLines = (code: string | undefined): readonly string[] =>
  code === undefined ? [] : code.split('\n').map((line) => `          ${line}`);
