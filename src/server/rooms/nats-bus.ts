/** Servers that share rooms through NATS core: nothing is stored there, and what is lost comes again from its sender. */
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Bus } from './bus.ts';

/** Rejects with one line that names the server; never with what the URL may hold besides: a password. */
export async function natsBus(url: string): Promise<Bus> {
  const servers = url.split(',').map((server) => server.trim());
  let connection: NatsConnection;
  try {
    connection = await connect({
      ...withLogin(servers[0]!),
      servers: servers.map(hostOf),
      name: 'icescope',
      noEcho: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      pingInterval: 5000,
      maxPingOut: 2,
      timeout: 5000,
    });
  } catch (error) {
    throw new Error(
      `NATS at ${servers.map(hostOf).join(', ')} can not be used: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
  return busOver(connection);
}

function busOver(connection: NatsConnection): Bus {
  let joined = true;
  const listeners: ((joined: boolean) => void)[] = [];
  void follow(connection, (now) => {
    if (now === joined) return;
    joined = now;
    for (const listener of listeners) listener(joined);
  });
  return {
    kind: 'nats',
    shared: true,
    get joined() {
      return joined;
    },
    publish: (subject, message) => {
      // What can not be sent now is not kept here either.
      if (joined && !connection.isClosed()) connection.publish(subject, JSON.stringify(message));
    },
    subscribe: (subject, listener) => {
      const subscription = connection.subscribe(subject, {
        callback: (error, message) => (error ? undefined : listener(parse(message.string()))),
      });
      return () =>
        connection.isClosed() || connection.isDraining() ? undefined : subscription.unsubscribe();
    },
    onChange: (listener) => void listeners.push(listener),
    close: async () => {
      await (joined ? connection.drain() : connection.close()).catch(() => {});
    },
  };
}

async function follow(connection: NatsConnection, tell: (joined: boolean) => void): Promise<void> {
  for await (const { type } of connection.status()) {
    if (type === 'disconnect' || type === 'reconnecting') tell(false);
    if (type === 'reconnect') tell(true);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `nats://user:password@host:4222` → `host:4222`. */
const hostOf = (server: string): string => server.replace(/^\w+:\/\//, '').replace(/^.*@/, '');

/** `nats://user:password@…` or `nats://token@…`. */
function withLogin(server: string): { user?: string; pass?: string; token?: string } {
  const login = /^(?:\w+:\/\/)?([^@]*)@/.exec(server)?.[1];
  if (login === undefined) return {};
  const [user = '', pass] = login.split(':').map(decodeURIComponent);
  return pass === undefined ? { token: user } : { user, pass };
}
