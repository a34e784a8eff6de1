/** What tshark sees on the loopback interface: somebody else's view of the same packets. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** A datagram, or a segment of a TCP stream. */
export interface Captured {
  readonly transport: 'udp' | 'tcp';
  readonly from: number;
  readonly to: number;
  /** Where in its stream a segment begins; 0 for a datagram. One that was sent again comes again. */
  readonly at: number;
  /** Hexadecimal. */
  readonly payload: string;
  /** tshark's own decoding of the STUN messages that end in here: `0x0001`, and the transaction id in hexadecimal. */
  readonly stun: readonly { readonly type: string; readonly id: string }[];
}

export const canCapture = (): boolean =>
  spawnSync('tshark', ['-D']).stdout?.toString().includes('lo') ?? false;

const FIELDS =
  'udp.srcport udp.dstport udp.payload tcp.srcport tcp.dstport tcp.payload tcp.seq stun.type stun.id'.split(
    ' ',
  );

export interface Capture {
  /** All that carried data since the start. */
  stop(): Promise<Captured[]>;
}

/** All datagrams, and TCP streams of this port. Resolves once tshark captures. */
export async function capture(port: number): Promise<Capture> {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const decode = ['udp', 'tcp'].flatMap((transport) => ['-d', `${transport}.port==${port},stun`]);
  const args = [
    '-i',
    'lo',
    '-l',
    '-n',
    '-f',
    `udp or tcp port ${port}`,
    ...decode,
    '-T',
    'fields',
    ...fields,
  ];
  const tshark: ChildProcess = spawn('tshark', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  tshark.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    tshark.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Capturing on')) setTimeout(resolve, 700);
    });
    tshark.on('exit', () => reject(new Error(`tshark ended: ${said}`)));
  });
  return {
    async stop() {
      await new Promise((done) => setTimeout(done, 1500));
      tshark.kill('SIGINT');
      await new Promise((done) => tshark.once('close', done));
      return out.split('\n').flatMap(read);
    },
  };
}

/** One line of tshark's; an acknowledgement carries nothing and is left out. */
function read(line: string): Captured[] {
  const columns = line.split('\t').map((column) => column.replaceAll(':', ''));
  const [at, types = '', ids = ''] = columns.slice(6);
  const transport = columns[0] === '' ? 'tcp' : 'udp';
  const [from, to, payload = ''] = transport === 'udp' ? columns : columns.slice(3);
  if (payload === '') return [];
  const idList = ids.split(',');
  const stun = types === '' ? [] : types.split(',').map((type, i) => ({ type, id: idList[i] ?? '' }));
  return [{ transport, from: Number(from), to: Number(to), at: Number(at), payload, stun }];
}
