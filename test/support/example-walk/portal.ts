import { setTimeout as sleep } from 'node:timers/promises'
import type { Walk } from './walk.ts'

/** Custom styles, packs, webhooks, and what the server says of itself. */
export async function walkPortal(walk: Walk): Promise<void> {
  await walkStyles(walk)
  await walkExports(walk)
  await walkWebhooks(walk)
  for (const name of ['getIndex', 'getLiveness', 'getReadiness', 'getMetrics', 'showApiReference'])
    await walk.call(name, { token: null })
  await walk.call('getInstance')
  await walk.call('getDiagnostics')
}

async function walkStyles(walk: Walk): Promise<void> {
  await walk.call('listStyleSlots')
  const made = await walk.call<{ id: number; parameters: { colors: object; settings: object } }>('createStyle', {
    body: { name: 'Vessel map', theme: 'day' },
  })
  const path = { id: made.id }
  await walk.call('listStyles')
  await walk.call('getCustomStyle', { path })
  const parameters = {
    colors: { LANDA: '#d8c98f' },
    settings: { iconSet: 'enc-day', soundingOpacity: 0.5, showLightSectors: true },
  }
  await walk.call('updateStyle', { path, body: { parameters } })
  const preview = await walk.call<{ sprite: string }>('previewStyle', { body: { theme: 'night', parameters } })
  const [, coloured = '', file = '', query = ''] = /sprites\/([^/]+)\/([^/?]+)\?(.+)$/.exec(preview.sprite) ?? []
  const colours = new URLSearchParams(query).get('colours') ?? ''
  await walk.call('getColouredSprite', { path: { version: coloured, file: `${file}.json` }, query: { colours } })
  const style = await walk.call<{ sprite: string }>('getStyle')
  const [, version = ''] = /static\/([^/]+)\//.exec(style.sprite) ?? []
  await walk.call('getSprite', { path: { version, file: 'day.json' } })
  await walk.call('getGlyphs', { path: { version, fontstack: 'Noto Sans Regular', range: '0-255' } })
  await walk.call('deleteStyle', { path })
}

async function walkExports(walk: Walk): Promise<void> {
  const body = { bbox: [-35, 42.9, -34.9, 43], minZoom: 8, maxZoom: 10, format: 'pmtiles', kind: 'vector' }
  await walk.call('estimateExport', { body })
  const { id } = await walk.call<{ id: string }>('createExport', { body })
  await walk.rest()
  await walk.call('listExports')
  await walk.call('getExport', { path: { id } })
  const { url } = await walk.call<{ url: string }>('createDownload', { body: { exportId: id } })
  await walk.call('download', { token: null, path: { ticket: url.split('/').at(-1) ?? '' } })
  await walk.call('deleteExport', { path: { id } })
}

async function walkWebhooks(walk: Walk): Promise<void> {
  const { id } = await walk.call<{ id: number }>('createWebhook', {
    body: { url: 'https://hooks.example/chartroom', events: ['job.completed', 'job.failed'] },
  })
  const path = { id }
  await walk.call('listWebhooks')
  await walk.call('getWebhook', { path })
  await walk.call('updateWebhook', { path, body: { jobTypes: ['refresh-public-charts'] } })
  await walk.call('rotateWebhookSecret', { path })
  await walk.call('testWebhook', { path })
  await sleep(1_000)
  await walk.call('listWebhookDeliveries', { path, query: { limit: 1 } })
  await walk.call('deleteWebhook', { path })
}
