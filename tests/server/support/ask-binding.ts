/** Prints whether a STUN server answers, as JSON: `{"udp":true,"tcp":false}`. Arguments: address, port. */
import { methods } from '../../../src/core/stun/methods.ts';
import { TurnClient } from './turn-client.ts';

const [host = '127.0.0.1', port = '3478'] = process.argv.slice(2);

async function isAnswered(transport: 'udp' | 'tcp'): Promise<boolean> {
  const nobody = { username: '', credential: '' };
  // bound to every address, so that the system chooses the way
  const client =
    transport === 'udp'
      ? await TurnClient.udp(Number(port), nobody, host, '0.0.0.0')
      : await TurnClient.tcp(Number(port), nobody, host);
  try {
    const answer = await client.ask(client.bytes(methods.binding.number), 1000);
    return answer.class === 'success';
  } catch {
    return false;
  } finally {
    client.close();
  }
}

console.log(JSON.stringify({ udp: await isAnswered('udp'), tcp: await isAnswered('tcp') }));
process.exit(0);
