/**
 * All rooms of one server. Messages pass through and are not kept: their sender keeps them. What servers know of each
 * other's clients are claims to seats (`seats.ts`), told over the bus and forgotten when a server falls silent.
 */
import { randomUUID } from 'node:crypto';
import type { Join, Said } from '../../core/signalling/room-messages.ts';
import type { Bus } from './bus.ts';
import {
  type BusMessage,
  readBusMessage,
  readServerBeat,
  roomSubject,
  serversSubject,
} from './bus-messages.ts';
import { HubRoom, type Member } from './hub-room.ts';
import { hashOf } from './hash.ts';
import type { RoomLimits } from './limits.ts';
import type { Log } from './log.ts';
import { OtherServers } from './other-servers.ts';
import { type Claim, assignSeats } from './seats.ts';
import { stamped, stampedJson } from './stamp.ts';

/** Where a client sits, for what it says next. */
export interface Place {
  readonly room: string;
  readonly key: string;
  readonly stream: string;
}

/** Names room and client by hashes: what one server tells another is of no use to who reads it. */
export const placeOf = ({ room, key, stream }: Pick<Join, 'room' | 'key' | 'stream'>): Place => ({
  room: hashOf(room),
  key: hashOf(`${room} ${key}`),
  stream,
});

export interface HubOptions {
  readonly limits: RoomLimits;
  readonly bus: Bus;
  readonly log: Log;
  readonly now: () => number;
}

export class Hub {
  readonly #limits: RoomLimits;
  readonly #bus: Bus;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #server = randomUUID();
  readonly #rooms = new Map<string, HubRoom>();
  readonly #servers: OtherServers;
  #closing = false;

  constructor({ limits, bus, log, now }: HubOptions) {
    this.#limits = limits;
    this.#bus = bus;
    this.#log = log;
    this.#now = now;
    this.#servers = new OtherServers(limits.serverSilence);
    bus.subscribe(serversSubject, (data) => this.#hearServer(data));
    bus.onChange((joined) => this.#busChanged(joined));
    this.#beatServers();
  }

  get rooms(): number {
    return this.#rooms.size;
  }

  get bus(): Pick<Bus, 'kind' | 'joined'> {
    return this.#bus;
  }

  /** Seats the member, or tells it why not. */
  join(member: Member, join: Join): void {
    const place = placeOf(join);
    const room = this.#rooms.get(place.room) ?? this.#open(place.room);
    if (!room) return refuse(member, 'busy', 'This server has no more rooms now.');
    const known = room.claims.get(place.key);
    this.#replace(room, place);
    room.members.set(place.key, member);
    const now = this.#now();
    const claim: Claim = {
      key: place.key,
      stream: place.stream,
      seat: known?.seat ?? null,
      wish: join.seat,
      at: known?.at ?? now,
      since: Math.max(now, (known?.since ?? 0) + 1),
      server: this.#server,
      present: true,
      left: 0,
    };
    this.#claim(place.room, room, claim);
    if (claim.seat) return this.#seated(room, claim);
    if (!this.#bus.shared) return this.#settle(place.room, room, member);
    this.#publish(place.room, { kind: 'ask' });
    setTimeout(() => this.#settle(place.room, room, member), this.#limits.settle);
  }

  /** The member that sits there, if it is connected to this server. */
  memberAt({ room, key }: Place): Member | undefined {
    return this.#rooms.get(room)?.members.get(key);
  }

  /**
   * Takes what a client says at its place, and the JSON that it was read from, if any; false when nobody sits there,
   * here or on another server.
   */
  say(place: Place, said: Said, json?: string): boolean {
    const room = this.#rooms.get(place.room);
    if (room?.claims.has(place.key)) this.#relay(place, room, said, json);
    else if (this.#bus.shared)
      this.#publish(place.room, { kind: 'said', key: place.key, stream: place.stream, said });
    else return false;
    return true;
  }

  /** The connection is gone; the seat is kept for a while. */
  gone(member: Member, place: Place): void {
    const room = this.#rooms.get(place.room);
    const claim = room?.claims.get(place.key);
    if (!room || room.members.get(place.key) !== member) return;
    room.members.delete(place.key);
    if (!claim) return;
    if (claim.seat === null) return this.#forget(place.room, room, claim);
    this.#claim(place.room, room, { ...claim, present: false, left: this.#now() });
    room.tellOthers(claim);
  }

  /** To be called about once a second. */
  sweep(): void {
    const now = this.#now();
    if (this.#bus.joined) this.#sweepServers(now);
    for (const [id, room] of this.#rooms) {
      for (const claim of room.claims.values())
        if (!claim.present && now - claim.left > this.#limits.grace) this.#forget(id, room, claim);
      if (now - room.usedAt > this.#limits.idle) this.#expire(id, room);
      this.#closeIfEmpty(id, room);
    }
  }

  /** Tells this server's clients, and the others that its clients are on their way. */
  close(): void {
    this.#closing = true;
    for (const [id, room] of this.#rooms) {
      for (const [key, member] of room.members) {
        const claim = room.claims.get(key);
        if (claim)
          this.#publish(id, { kind: 'claim', claim: { ...claim, present: false, left: this.#now() } });
        member.send({ type: 'closing' });
        member.end();
      }
      room.leaveBus();
    }
    this.#rooms.clear();
  }

  #open(id: string): HubRoom | undefined {
    if (this.#closing || this.#rooms.size >= this.#limits.rooms) return undefined;
    const room = new HubRoom(this.#now());
    this.#rooms.set(id, room);
    room.leaveBus = this.#bus.subscribe(roomSubject(id), (data) => this.#hear(id, room, data));
    this.#log('room opened', { rooms: this.#rooms.size });
    return room;
  }

  #closeIfEmpty(id: string, room: HubRoom): void {
    if (!room.isEmpty || !this.#rooms.delete(id)) return;
    room.leaveBus();
    this.#log('room closed', { rooms: this.#rooms.size });
  }

  #expire(id: string, room: HubRoom): void {
    for (const member of room.members.values())
      refuse(member, 'idle', 'Nothing was said in this room for so long that it was closed. Open a new one.');
    room.members.clear();
    for (const claim of room.claims.values()) this.#forget(id, room, claim);
  }

  /** A second connection with the same key takes the place of the first. */
  #replace(room: HubRoom, { key, stream }: Pick<Place, 'key' | 'stream'>): void {
    const member = room.members.get(key);
    room.members.delete(key);
    if (!member) return;
    if (room.claims.get(key)?.stream === stream) return member.end();
    refuse(
      member,
      'replaced',
      'The same seat was opened again, in another tab or after a reload; it goes on there.',
    );
  }

  /** Decides for one member who has waited for the claims of others. */
  #settle(id: string, room: HubRoom, member: Member): void {
    const claim = [...room.claims.values()].find(({ key }) => room.members.get(key) === member);
    if (!claim || claim.seat) return;
    const seat = assignSeats([...room.claims.values()]).get(claim.key) ?? null;
    if (seat === null) return this.#full(id, room, claim);
    const seated = { ...claim, seat };
    this.#claim(id, room, seated);
    this.#seated(room, seated);
  }

  #seated(room: HubRoom, claim: Claim): void {
    room.tell(claim.key, { type: 'seated', seat: claim.seat!, other: room.otherStream(claim) });
    if (!this.#bus.joined) room.tell(claim.key, { type: 'servers', joined: false });
    room.tellOthers(claim);
    this.#log('seated', { seat: claim.seat });
  }

  #full(id: string, room: HubRoom, claim: Claim): void {
    const member = room.members.get(claim.key);
    room.members.delete(claim.key);
    this.#forget(id, room, claim);
    if (member) refuse(member, 'full', 'Two are in this room already. Ask for a link to a room of your own.');
    this.#log('room full', {});
  }

  #relay(place: Place, room: HubRoom, said: Said, json?: string): void {
    const from = room.claims.get(place.key)!;
    if (from.stream !== place.stream) return;
    if (said.type === 'leave') return this.#leave(place.room, room, from);
    const to = room.opposite(from);
    if (said.type === 'beat' || !from.seat || !to) return;
    room.usedAt = this.#now();
    const member = room.members.get(to.key);
    if (member) member.send(stamped(from, said), json && stampedJson(from, said, json));
    else if (this.#bus.shared)
      this.#publish(place.room, { kind: 'said', key: place.key, stream: place.stream, said });
  }

  #leave(id: string, room: HubRoom, claim: Claim): void {
    room.members.get(claim.key)?.end();
    room.members.delete(claim.key);
    this.#forget(id, room, claim);
    this.#closeIfEmpty(id, room);
  }

  #forget(id: string, room: HubRoom, claim: Claim): void {
    room.claims.delete(claim.key);
    if (claim.server === this.#server)
      this.#publish(id, { kind: 'gone', key: claim.key, since: claim.since });
    if (claim.seat) room.tellOthers(claim);
  }

  #claim(id: string, room: HubRoom, claim: Claim): void {
    room.claims.set(claim.key, claim);
    this.#publish(id, { kind: 'claim', claim });
  }

  #publish(id: string, message: BusMessage): void {
    this.#bus.publish(roomSubject(id), message);
  }

  #hear(id: string, room: HubRoom, data: unknown): void {
    const message = readBusMessage(data);
    if (!message) return;
    switch (message.kind) {
      case 'ask':
        for (const claim of room.claims.values()) this.#publish(id, { kind: 'claim', claim });
        return;
      case 'claim':
        return this.#merge(id, room, message.claim);
      case 'gone': {
        const claim = room.claims.get(message.key);
        if (claim && claim.since <= message.since) this.#gone(room, claim);
        return;
      }
      case 'said':
        return this.#hearSaid(id, room, message);
    }
  }

  #gone(room: HubRoom, claim: Claim): void {
    room.members.get(claim.key)?.end();
    room.members.delete(claim.key);
    room.claims.delete(claim.key);
    room.tellOthers(claim);
  }

  /** What a client said on another server, for one who is here; or a post that came in there for a stream here. */
  #hearSaid(id: string, room: HubRoom, { key, stream, said }: BusMessage & { kind: 'said' }): void {
    const from = room.claims.get(key);
    if (from?.stream !== stream) return;
    const isHere = room.members.has(key);
    if (said.type === 'beat') return room.members.get(key)?.heard();
    if (said.type === 'leave') return isHere ? this.#leave(id, room, from) : undefined;
    const to = room.opposite(from);
    if (!to) return;
    room.usedAt = this.#now();
    room.tell(to.key, stamped(from, said));
  }

  /** Of two tellings of one client the later connection holds; of two clients on one seat the older claim. */
  #merge(id: string, room: HubRoom, claim: Claim): void {
    if (claim.server !== this.#server) this.#servers.mention(claim.server, this.#now());
    const known = room.claims.get(claim.key);
    if (
      known &&
      (known.since > claim.since || (known.server === this.#server && known.since === claim.since))
    )
      return;
    if (known?.server === this.#server) this.#replace(room, claim);
    // Clocks of servers differ: the time of going is counted here.
    room.claims.set(claim.key, claim.present ? claim : { ...claim, left: this.#now() });
    this.#resolve(id, room);
    const changed =
      known?.since !== claim.since || known.present !== claim.present || known.seat !== claim.seat;
    if (changed && claim.seat) room.tellOthers(claim);
  }

  /** Two servers that did not hear each other may have given one seat twice. */
  #resolve(id: string, room: HubRoom): void {
    const seats = assignSeats([...room.claims.values()]);
    for (const claim of [...room.claims.values()]) {
      const seat = seats.get(claim.key) ?? null;
      if (claim.seat === null || seat === claim.seat || claim.server !== this.#server) continue;
      if (seat === null) this.#full(id, room, claim);
      else {
        const moved = { ...claim, seat };
        this.#claim(id, room, moved);
        this.#seated(room, moved);
      }
    }
  }

  #beatServers(): void {
    this.#bus.publish(serversSubject, { server: this.#server });
  }

  #hearServer(data: unknown): void {
    const server = readServerBeat(data);
    if (server === undefined) return;
    if (this.#servers.hear(server, this.#now())) this.#askAbout(server);
  }

  /** A server that was taken for gone may only have slept. */
  #askAbout(server: string): void {
    for (const [id, room] of this.#rooms)
      if ([...room.claims.values()].some((claim) => claim.server === server && !claim.present))
        this.#publish(id, { kind: 'ask' });
  }

  /** Clients of a server that fell silent are away; their seats are kept for the grace period. */
  #sweepServers(now: number): void {
    if (this.#bus.shared) this.#beatServers();
    for (const server of this.#servers.takeSilent(now)) this.#lost(server, now);
  }

  #lost(server: string, now: number): void {
    this.#log('server lost', {});
    for (const room of this.#rooms.values())
      for (const claim of room.claims.values())
        if (claim.server === server && claim.present) {
          room.claims.set(claim.key, { ...claim, present: false, left: now });
          room.tellOthers(claim);
        }
  }

  /** While the others are out of reach nobody is taken for gone; afterwards each tells what it knows. */
  #busChanged(joined: boolean): void {
    this.#log(joined ? 'bus joined' : 'bus lost', {});
    const now = this.#now();
    this.#servers.excuse(now);
    for (const [id, room] of this.#rooms) {
      if (joined) this.#publish(id, { kind: 'ask' });
      for (const [key, claim] of room.claims) {
        if (joined && claim.server === this.#server) this.#publish(id, { kind: 'claim', claim });
        if (!room.members.has(opposite(room, claim))) room.tell(key, { type: 'servers', joined });
      }
    }
  }
}

const opposite = (room: HubRoom, claim: Claim): string => room.opposite(claim)?.key ?? '';

const refuse = (member: Member, code: 'busy' | 'full' | 'replaced' | 'idle', detail: string): void => {
  member.send({ type: 'refused', code, detail, final: true });
  member.end();
};
