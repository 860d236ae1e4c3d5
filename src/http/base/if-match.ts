import { matchesEtag } from './matches-etag.ts'

/**
 * Whether `If-Match` lets a request change what has this ETag (RFC 9110, 13.1.1). A proxy that compresses the response marks the ETag as
 * weak; it still names the same state, so the mark is ignored.
 */
export function meetsIfMatch(header: string | undefined, etag: string): boolean {
  return header === undefined || matchesEtag(header, etag)
}
