import type { PositionFormat } from '../../text/measures.ts'
import { attributionOf } from './attribution.ts'
import { type ChartMap, cameraOf } from './chart-map.ts'
import { positionText } from './position-text.ts'

/** Offers what the map shows as a PNG, with its place, its date and the attribution below. */
export async function savePicture({ map, shown }: ChartMap, format: PositionFormat): Promise<void> {
  // The drawing is in the canvas only until the browser has shown it.
  map.redraw()
  const chart = map.getCanvas()
  const unit = chart.width / chart.clientWidth
  const foot = Math.round(40 * unit)
  const canvas = document.createElement('canvas')
  canvas.width = chart.width
  canvas.height = chart.height + foot
  const context = canvas.getContext('2d')
  if (context === null) return
  context.drawImage(chart, 0, 0)
  context.fillStyle = '#ffffff'
  context.fillRect(0, chart.height, canvas.width, foot)
  context.fillStyle = '#1a2026'
  context.font = `${11 * unit}px system-ui, sans-serif`
  const place = `${positionText(cameraOf(map), format)} · ${new Date().toISOString().slice(0, 10)}`
  context.fillText(place, 8 * unit, chart.height + 16 * unit, canvas.width - 16 * unit)
  context.fillText(attributionOf(shown.get()), 8 * unit, chart.height + 32 * unit, canvas.width - 16 * unit)
  const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (picture === null) return
  const address = URL.createObjectURL(picture)
  const link = document.createElement('a')
  link.href = address
  link.download = 'chart.png'
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
