import type { Walk } from './walk.ts'

/** In the harbour of the invented coast. */
const PLACE = { longitude: -34.95, latitude: 42.95 }
const TILE = { z: 13, x: 3300, y: 3011 }

/** Asks for tiles, styles and features with an API token. */
export async function walkCore(walk: Walk): Promise<void> {
  const { id: token } = await walk.call<{ id: string }>('createApiToken', { body: { name: 'Map' } })
  for (const name of ['getVectorTileJson', 'getRasterTileJson', 'getRasterStyle', 'getStyle', 'getWmtsCapabilities'])
    await walk.call(name, { token })
  for (const name of ['getVectorTile', 'getDataTile', 'getShorelineTile', 'getRasterTile', 'getOldRasterTile'])
    await walk.call(name, { token, path: TILE })
  await walk.call('queryFeatures', { token, body: { position: PLACE, radius: 1000, zoom: 14 } })
  const line = [
    [-34.95, 42.95],
    [-34.94, 42.95],
  ]
  await walk.call('queryDepths', { token, body: { line, withinMetres: 50 } })
  await walk.call('listCellCoverages', { token, query: { bbox: '-35,42.9,-34.8,43', limit: 1 } })
  await walk.call('listAttributions', { token: null })
  await walk.call('getSignalKEndpoints', { token: null })
  for (const name of ['listSignalKCharts', 'listSignalKChartsOld']) await walk.call(name, { token })
  for (const name of ['getSignalKChart', 'getSignalKChartOld']) await walk.call(name, { token, path: { identifier: 'enc-day' } })
  await walkReports(walk, token)
  await walkSoundings(walk, token)
}

async function walkReports(walk: Walk, token: string): Promise<void> {
  const { id } = await walk.call<{ id: string }>('createUserReport', {
    token,
    body: { reportType: 'hazard', position: PLACE, properties: { description: 'Floating log' } },
  })
  const path = { id }
  await walk.call('voteOnUserReport', { token, path, body: { vote: 'valid' } })
  await walk.call('listUserReports', { token, query: { limit: 1 } })
  await walk.call('getUserReportDataTile', { token, path: TILE })
  await walk.call('getUserReportTile', { token, path: TILE, query: { includeBathymetry: 'true' } })
  await walk.call('deleteUserReport', { token, path })
}

async function walkSoundings(walk: Walk, token: string): Promise<void> {
  const sounding = (minute: number, depth: number) => ({
    latitude: PLACE.latitude + minute / 1000,
    longitude: PLACE.longitude,
    depth,
    time: `2026-01-15T16:0${minute}:00Z`,
  })
  const { tracks } = await walk.call<{ tracks: { id: string }[] }>('createBathymetry', {
    token,
    body: {
      soundings: [sounding(0, 5.2), sounding(1, 5.4)],
      platform: { uniqueId: 'vessel-1', name: 'Anna', type: 'sailing yacht' },
      providerContactPoint: { orgName: 'Harbour office', logger: 'plotter', loggerVersion: '2.1' },
      depthUnits: 'meters',
      timeUnits: 'ISO 8601',
      convention: 'CSB 2.0',
    },
  })
  await walk.call('listBathymetry', { token, query: { limit: 1 } })
  await walk.call('getBathymetry', { token, path: { id: tracks[0]?.id ?? '' } })
}
