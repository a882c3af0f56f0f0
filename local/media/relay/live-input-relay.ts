import { chunkSecondsOf } from '../encoder/rendition.ts';
import type { PublisherSink } from '../rtmp/publishing.ts';
import { EncodeKeeper } from './encode-keeper.ts';
import { judgeInputs } from './failover-policy.ts';
import { FillSource } from './fill-source.ts';
import type { InputRelay, InputRelayOptions, InputStatus, Thumbnail } from './input-relay.ts';
import type { ConfiguredTag } from './gop-history.ts';
import { PresentationGate, type PlacedTag } from './presentation-gate.ts';
import { ProgramFeed } from './program-feed.ts';
import type { SwitchReason } from './relay-event.ts';
import { createStation, type Station } from './station.ts';

/** How often stalls are looked for and fill is written. */
const tickMilliseconds = 40;
/** When this process itself stood still, what its sockets hold comes first: nobody is judged. */
const lateMilliseconds = 250;
/** Without a picture for this long, the input on air is no longer waited for. */
const patienceMilliseconds = 500;
/** While the other input may still cover, the encode waits this long for the threshold of a loss. */
const mostHoldMilliseconds = 5000;
/** After a stall, a stream is taken again when it is only this late, or as late as it is after this time. */
const catchUp = { lateMilliseconds: 250, mostMilliseconds: 1000 } as const;

/** The relay on real inputs. */
export class LiveInputRelay implements InputRelay {
  readonly #options: InputRelayOptions;
  readonly #stations: readonly [Station, ...Station[]];
  readonly #encode: EncodeKeeper;
  readonly #program: ProgramFeed;
  readonly #fill: FillSource;
  readonly #gate: PresentationGate;
  readonly #ended = new AbortController();
  /** How long the encode waits for the other input to be due. */
  readonly #holdMilliseconds: number;
  #active: Station;
  #filledFrom: number | undefined;
  /** When the last picture of an input went on air. */
  #lastPictureAt: number;
  #tickedAt: number;
  #returnedAt: number | undefined;

  constructor(options: InputRelayOptions) {
    const { clock, video, origin, lossBehaviour: behaviour, ffmpegPath } = options;
    const onEvent: InputRelayOptions['onEvent'] = (event) => options.onEvent(event);
    const frameMilliseconds = (video.frameRate.denominator / video.frameRate.numerator) * 1000;
    this.#options = options;
    this.#holdMilliseconds = Math.min(options.failover?.inputLossMilliseconds ?? 0, mostHoldMilliseconds);
    const startedAt = clock.now();
    this.#lastPictureAt = startedAt;
    this.#tickedAt = startedAt;
    this.#encode = new EncodeKeeper({
      clock, flushMilliseconds: options.flushMilliseconds ?? 20_000,
      startEncoder: (start) => options.startEncoder(start),
      onCrash: (report) => onEvent({ kind: 'ENCODER_CRASHED', report }),
      onDropped: (frames) => onEvent({ kind: 'FRAMES_DROPPED', frames }),
    });
    this.#program = new ProgramFeed(this.#encode, { now: () => clock.now() - origin, frameMilliseconds, chunkMilliseconds: chunkSecondsOf(video) * 1000 });
    this.#gate = new PresentationGate(frameMilliseconds);
    this.#fill = new FillSource({ ffmpegPath, behaviour, video, frameMilliseconds, program: this.#program, signal: this.#ended.signal, onUnreadable: (reason) => onEvent({ kind: 'SLATE_UNREADABLE', reason }) });
    const measures = { frameMilliseconds, startedAt, keepMilliseconds: this.#holdMilliseconds + patienceMilliseconds };
    const listener = { onMedia: (station: Station, entry: ConfiguredTag) => this.#media(station, entry), onGone: (station: Station) => this.#gone(station) };
    const [primary, ...others] = options.inputs.map(({ name }) => createStation(name, options, measures, listener));
    if (primary === undefined || others.length > 1) throw new RangeError(`a relay has one or two inputs, got ${options.inputs.length}`);
    this.#stations = [primary, ...others];
    this.#active = primary;
    primary.source.isOnAir = true;
    void this.#run();
  }

  get activeInput(): string {
    return this.#active.source.name;
  }

  get inputs(): readonly InputStatus[] {
    const now = this.#options.clock.now();
    return this.#stations.map(({ watch }) => watch.status(now));
  }

  get fillMilliseconds(): number {
    return this.#filledFrom === undefined ? 0 : this.#options.clock.now() - this.#filledFrom;
  }

  get droppedFrames(): number {
    return this.#encode.droppedFrames;
  }

  sink(name: string): PublisherSink {
    return this.#named(name).source;
  }

  switchTo(name: string): void {
    this.#activate(this.#named(name), 'SCHEDULE');
  }

  thumbnail(): Thumbnail | undefined {
    return this.#active.watch.thumbnail;
  }

  async stop(): Promise<void> {
    this.#end('the channel stops');
    this.#show(this.#gate.flush());
    await this.#encode.finish();
  }

  kill(): void {
    this.#end('the channel ends');
    this.#encode.kill();
  }

  #end(reason: string): void {
    this.#ended.abort();
    for (const { source, watch } of this.#stations) {
      source.disconnect(reason);
      watch.close();
    }
  }

  #named(name: string): Station {
    const station = this.#stations.find(({ source }) => source.name === name);
    if (station === undefined) throw new RangeError(`there is no input ${JSON.stringify(name)}: known are ${this.#stations.map(({ source }) => source.name).join(', ')}`);
    return station;
  }

  #media(station: Station, entry: ConfiguredTag): void {
    if (this.#ended.signal.aborted) return;
    station.watch.take(entry);
    if (station !== this.#active) return;
    if (this.#filledFrom !== undefined) this.#comeBack(station, entry);
    else if (this.#encode.isRunning) this.#forward(station, entry);
    else if (this.#encode.canStart) this.#replay(station);
  }

  /** The input on air sends again: it is taken from its last key frame on, once it is not late any more. */
  #comeBack(station: Station, { tag }: ConfiguredTag): void {
    if (tag.kind !== 'video') return;
    const now = this.#options.clock.now();
    if (this.#returnedAt === undefined) {
      this.#returnedAt = now;
      station.source.timeline.forgetDelays();
      station.source.isOnAir = false;
    }
    const isLate = now - this.#options.origin - station.source.timeline.place(tag.timestamp) > catchUp.lateMilliseconds;
    if (isLate && now - this.#returnedAt < catchUp.mostMilliseconds) return;
    this.#endFill(now);
    this.#replay(station);
  }

  /** Puts an input on air where the program has come to, from the last key frame before. */
  #replay(station: Station): void {
    const { source } = station;
    source.timeline.settle();
    source.isOnAir = true;
    // What is held of the input before is left to this one.
    this.#gate.flush();
    // Pictures that were shown already are decoded again and left out.
    const from = this.#encode.isRunning ? (this.#program.lastAt ?? Infinity) : Infinity;
    for (const entry of source.history.since(from - source.timeline.place(0))) this.#forward(station, entry);
  }

  #forward({ source }: Station, entry: ConfiguredTag): void {
    this.#show(this.#gate.pass({ entry, at: source.timeline.place(entry.tag.timestamp) }));
    if (entry.tag.kind === 'video') this.#lastPictureAt = this.#options.clock.now();
  }

  #show(placed: readonly PlacedTag[]): void {
    for (const { entry, at } of placed) this.#program.take(entry, at);
  }

  #gone(station: Station): void {
    if (this.#ended.signal.aborted) return;
    station.watch.lost('DISCONNECTED');
    this.#judge(this.#options.clock.now());
  }

  #activate(next: Station, reason: SwitchReason): void {
    const previous = this.#active;
    if (previous === next) return;
    previous.source.isOnAir = false;
    this.#active = next;
    this.#returnedAt = undefined;
    if (next.source.isOpen) {
      this.#endFill(this.#options.clock.now());
      this.#replay(next);
    }
    this.#options.onEvent({ kind: 'ACTIVE_INPUT_CHANGED', input: next.source.name, previous: previous.source.name, reason });
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      await clock.sleep(tickMilliseconds, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      this.#tick(clock.now());
    }
  }

  #tick(now: number): void {
    const isLate = now - this.#tickedAt > lateMilliseconds;
    this.#tickedAt = now;
    for (const { source } of this.#stations) source.paceUntil(now);
    if (isLate) return;
    for (const { watch } of this.#stations) watch.look(now);
    this.#judge(now);
    this.#fillUp(now);
  }

  #judge(now: number): void {
    const { failover } = this.#options;
    const other = this.#stations.find((station) => station !== this.#active);
    if (failover === undefined || other === undefined) return;
    const active = { ...this.#active.watch.judge(now, failover), isPrimary: this.#active === this.#stations[0] };
    const reason = judgeInputs(active, other.watch.judge(now, failover), failover);
    if (reason !== undefined) this.#activate(other, reason);
  }

  #fillUp(now: number): void {
    const { origin } = this.#options;
    const quiet = Math.min(this.#active.source.quietMilliseconds(now), now - this.#lastPictureAt);
    if (this.#filledFrom === undefined) {
      const { isOpen, counters } = this.#active.source;
      if (quiet < patienceMilliseconds && (isOpen || !counters.hasHadInput)) return;
      if (this.#isCovered(now)) return;
      this.#filledFrom = this.#lastPictureAt;
      this.#returnedAt = undefined;
      this.#show(this.#gate.flush());
      this.#fill.begin();
      this.#options.onEvent({ kind: 'FILL_BEGAN' });
    }
    this.#fill.advance(now - origin, now - this.#filledFrom);
  }

  /** Whether the other input goes on air before anything else has to. */
  #isCovered(now: number): boolean {
    const other = this.#stations.find((station) => station !== this.#active);
    return other !== undefined && other.watch.isArriving(now) && now - this.#lastPictureAt <= this.#holdMilliseconds + tickMilliseconds;
  }

  #endFill(now: number): void {
    if (this.#filledFrom === undefined) return;
    this.#options.onEvent({ kind: 'FILL_ENDED', fillMilliseconds: now - this.#filledFrom });
    this.#filledFrom = undefined;
    this.#lastPictureAt = now;
  }
}
