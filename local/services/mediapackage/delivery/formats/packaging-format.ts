import type { PieceCache } from '../../packaging/piece-cache.ts';
import type { Answer } from '../answer.ts';
import type { EndpointView } from '../endpoint-view.ts';
import type { SegmentProtection } from '../segment-protection.ts';

/** What formats make their answers with. */
export interface FormatTools {
  readonly pieces: PieceCache;
  readonly protection: SegmentProtection;
}

/** Answers a request for a file of an endpoint of one format. */
export type PackagingFormat = (view: EndpointView, file: string, tools: FormatTools) => Promise<Answer>;
