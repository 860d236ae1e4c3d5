const HARBOUR = { longitude: -34.93, latitude: 42.9475 }

/**
 * Waits until the server shows all charts of the invented coast. It reads the list of cells again within a second of a change, so the last
 * charts of a refresh may come after the first.
 *
 * @param bearer of a session or token.
 */
export async function coastIsShown(url: string, bearer: string): Promise<void> {
  let before = 0
  for (let turn = 0; turn < 20; turn++) {
    const answer = await fetch(`${url}/api/v1/enc_query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ position: HARBOUR, radius: 8_000, zoom: 14 }),
    })
    const { results } = (await answer.json()) as { results: unknown[] }
    if (results.length > 0 && results.length === before) return
    before = results.length
    await new Promise((done) => setTimeout(done, 1_200))
  }
  throw new Error('the server does not show the refreshed charts')
}
