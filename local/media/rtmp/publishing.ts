import type { FlvTag } from '../flv/flv-tag.ts';

/** What an encoder asks for: `rtmp://host:port/<application>/<instance>`. */
export interface PublishRequest {
  readonly application: string;
  readonly instance: string;
  /** What follows the instance after `?`; empty where nothing does. */
  readonly query: string;
  readonly remoteAddress: string;
}

/** A connected encoder, as its sink sees it. */
export interface Publisher {
  readonly remoteAddress: string;
  /** Reads on after the sink asked to wait. */
  resume(): void;
  /** Ends the connection. The sink's `end` follows at once. */
  disconnect(reason: string): void;
}

/** Where an accepted encoder's media go. */
export interface PublisherSink {
  begin(publisher: Publisher): void;
  /** Takes one tag. `false` asks the encoder to wait until {@link Publisher.resume}. */
  write(tag: FlvTag): boolean;
  /** The encoder has gone. Called exactly once after `begin`. */
  end(): void;
}

/** Says who may publish. Asked before a byte of media is read. */
export interface PublishAuthority {
  /** Whether any stream name of this application is valid now. */
  knows(application: string): boolean;
  /** `isBesideOthers`: the encoder may publish although another one does under the same name. */
  resolve(request: PublishRequest): { readonly sink: PublisherSink; readonly isBesideOthers?: boolean } | { readonly refusal: string };
}
