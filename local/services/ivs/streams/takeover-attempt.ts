import { isAvc, isKeyFrame, type FlvTag } from '../../../media/flv/flv-tag.ts';
import type { Publisher, PublisherSink } from '../../../media/rtmp/publishing.ts';
import type { LiveStream } from './live-stream.ts';
import type { SessionBook } from './session-book.ts';
import { SourceDescription, type Source } from './source-description.ts';

/** An encoder that would feed a stream in the place of another one: it does from its first key frame on, if its media are alike. */
export class TakeoverAttempt implements PublisherSink {
  readonly #stream: LiveStream;
  readonly #priority: number;
  readonly #book: SessionBook;
  readonly #description = new SourceDescription();
  #publisher: Publisher | undefined;
  #hasTakenOver = false;

  constructor(stream: LiveStream, priority: number, book: SessionBook) {
    this.#stream = stream;
    this.#priority = priority;
    this.#book = book;
  }

  begin(publisher: Publisher): void {
    this.#publisher = publisher;
  }

  write(tag: FlvTag): boolean {
    if (this.#hasTakenOver) return !this.#isFeeding() || this.#stream.write(tag);
    this.#description.take(tag);
    const source = this.#description.read();
    if (tag.kind === 'video' && !isAvc(tag)) this.#fail();
    else if (isKeyFrame(tag) && source !== undefined) return this.#takeOver(source, tag);
    return true;
  }

  end(): void {
    if (this.#hasTakenOver && this.#isFeeding()) this.#stream.end();
  }

  /** Another encoder may have taken the stream over from this one. */
  #isFeeding(): boolean {
    return this.#stream.isFedBy(this.#publisher);
  }

  #takeOver(source: Source, keyFrame: FlvTag): boolean {
    const { source: before } = this.#stream;
    const isAlike = before !== undefined && before.widthPixels === source.widthPixels && before.heightPixels === source.heightPixels && before.hasSound === source.hasSound;
    if (!isAlike || this.#publisher === undefined || this.#stream.state === 'ENDED') {
      this.#fail();
      return true;
    }
    this.#hasTakenOver = true;
    this.#stream.takeOver(this.#publisher, this.#priority, source, keyFrame.timestamp);
    return this.#stream.write(keyFrame);
  }

  #fail(): void {
    this.#book.takeoverFailed(this.#stream.id, 'StreamTakeoverMediaMismatch');
    this.#publisher?.disconnect('the media differ from those of the stream');
  }
}
