const PACK = { bbox: [-35.05, 42.85, -34.8, 43.05], minZoom: 6, maxZoom: 12, format: 'pmtiles', kind: 'vector' }

/** Makes a vector pack and a raster pack of the invented coast, and waits until the first is there. */
export async function makePacks(origin: string, session: string): Promise<void> {
  const address = `${origin}/api/portal/v1/exports`
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const make = async (pack: object): Promise<string> => {
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(pack) })
    return ((await answer.json()) as { id: string }).id
  }
  const first = await make(PACK)
  await make({ ...PACK, maxZoom: 8, format: 'mbtiles', kind: 'raster', theme: 'night' })
  for (let turn = 0; turn < 300; turn++) {
    const answer = await fetch(`${address}/${first}`, { headers })
    if (((await answer.json()) as { state: string }).state === 'completed') return
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error('the pack has not been made')
}
