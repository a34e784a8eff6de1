/** What tshark sees on the loopback interface: somebody else's view of the same packets. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

export interface Captured {
  readonly from: number;
  readonly to: number;
  /** Hexadecimal. */
  readonly payload: string;
  /** tshark's own decoding: `0x0001`, and the transaction id; '' for what is no STUN to it. Of the outer message. */
  readonly stunType: string;
  readonly stunId: string;
}

export const canCapture = (): boolean =>
  spawnSync('tshark', ['-D']).stdout?.toString().includes('lo') ?? false;

const FIELDS = ['udp.srcport', 'udp.dstport', 'udp.payload', 'stun.type', 'stun.id'];

export interface Capture {
  /** All datagrams since the start. */
  stop(): Promise<Captured[]>;
}

/** Resolves once tshark captures. */
export async function capture(): Promise<Capture> {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const args = ['-i', 'lo', '-l', '-n', '-f', 'udp', '-T', 'fields', '-E', 'occurrence=f', ...fields];
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
      return out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [from, to, payload = '', stunType = '', stunId = ''] = line.split('\t');
          return {
            from: Number(from),
            to: Number(to),
            payload: payload.replaceAll(':', ''),
            stunType,
            stunId,
          };
        });
    },
  };
}
