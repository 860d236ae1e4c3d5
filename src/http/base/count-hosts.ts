/**
 * Returns how many `Host` lines a request has (RFC 9112, 3.2, allows one).
 *
 * @param rawHeaders names at the even places, as the client spelled them, and values.
 */
export function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts
}
