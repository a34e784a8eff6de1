import * as v from 'valibot';

/** What clients may take. Times in milliseconds. */
export interface RoomLimits {
  /** Rooms and connections of this server. */
  readonly rooms: number;
  readonly connections: number;
  /** Of one address at once; an IPv6 address counts by its /64. A school may share one. */
  readonly connectionsPerAddress: number;
  /** Joins of one address: so many at once, then so many a second. Bounds guessing too. */
  readonly joinBurst: number;
  readonly joinsPerSecond: number;
  /** Messages of one connection: so many at once, then so many a second. */
  readonly messageBurst: number;
  readonly messagesPerSecond: number;
  /** Posts that belong to no event stream here (it may be open on another server), by address. */
  readonly strayPostsPerSecond: number;
  /** Malformed or excess messages before a connection is closed. */
  readonly faults: number;
  /** A connection that has not joined is closed after this time. */
  readonly joinWithin: number;
  /** What a client may leave unread, in bytes. */
  readonly backlog: number;
  /** The server says something so often, and a client that says nothing for so long is taken for gone. */
  readonly beatEvery: number;
  readonly silence: number;
  /** A seat is kept so long for one who went without saying so. */
  readonly grace: number;
  /** A room without a message is closed after this time. */
  readonly idle: number;
  /** How long to listen for others who ask for the same seat on other servers. */
  readonly settle: number;
  /** A server that is not heard of for so long is taken for gone. */
  readonly serverSilence: number;
  /** How long clients may take to go when the server stops. */
  readonly drain: number;
}

export const defaultRoomLimits: RoomLimits = {
  rooms: 10_000,
  connections: 20_000,
  connectionsPerAddress: 256,
  joinBurst: 100,
  joinsPerSecond: 20,
  messageBurst: 1000,
  messagesPerSecond: 200,
  strayPostsPerSecond: 100,
  faults: 10,
  joinWithin: 10_000,
  backlog: 4 * 1024 * 1024,
  beatEvery: 10_000,
  silence: 35_000,
  grace: 90_000,
  idle: 60 * 60_000,
  settle: 80,
  serverSilence: 12_000,
  drain: 1000,
};

const names = Object.keys(defaultRoomLimits) as (keyof RoomLimits)[];
const Limits = v.record(v.picklist(names), v.pipe(v.number(), v.integer(), v.minValue(0)));

/** Reads `{"connectionsPerAddress": 2000}`; throws one line that names what is wrong. */
export function readRoomLimits(json: string): Partial<RoomLimits> {
  try {
    return v.parse(Limits, JSON.parse(json));
  } catch (error) {
    throw new Error(
      `ICESCOPE_ROOM_LIMITS is not usable: ${(error as Error).message}. Expected JSON like {"connectionsPerAddress": 2000}, with the names of src/server/README.md.`,
      { cause: error },
    );
  }
}
