/** Whether `If-None-Match` or `If-Match` names an ETag, or any (RFC 9110, 13.1): compared weakly. False without a header. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header
    .split(',')
    .map((text) => text.trim().replace(/^W\//, ''))
    .some((text) => text === '*' || text === etag)
}
