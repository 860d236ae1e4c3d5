/** What came back when a tile was fetched with a token. */
export type TileTrial =
  | { ok: true; status: string; bytes: number; milliseconds: number; picture: Blob }
  | { ok: false; status: string; bytes: number; milliseconds: number; reason: string }

/**
 * Fetches a tile as a client with the token would: the session of the user is not sent, and nothing comes from a cache.
 *
 * @throws TypeError when the server does not answer.
 */
export async function tryTile(address: string): Promise<TileTrial> {
  const began = performance.now()
  const response = await fetch(address, { credentials: 'omit', cache: 'no-store' })
  const picture = await response.blob()
  const milliseconds = performance.now() - began
  const measured = { status: `${response.status} ${response.statusText}`.trim(), bytes: picture.size, milliseconds }
  if (response.ok) return { ok: true, ...measured, picture }
  return { ok: false, ...measured, reason: reasonOf(await picture.text()) }
}

function reasonOf(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown }
    if (typeof detail === 'string') return detail
  } catch {
    // Not a problem document; a proxy may have responded.
  }
  return 'The answer gives no reason.'
}
