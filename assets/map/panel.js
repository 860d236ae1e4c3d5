// The panel with what lies at a position: the answer of enc_query in words.
import { call } from './session.js'

/** Objects about the data, not the sea. */
const ABOUT_DATA = /^(M_|C_)/
/** Attributes that say nothing to a person who looks at the chart. */
const DULL = new Set([
  'sordat',
  'sorind',
  'scamin',
  'scamax',
  'recdat',
  'recind',
  'objnam',
  'nobjnm',
  'ninfom',
  'ntxtds',
  'picrep',
])
const MOST = 40
/** Attributes in metres. */
const METRES = new Set([
  'drval1',
  'drval2',
  'valsou',
  'valdco',
  'height',
  'verlen',
  'verclr',
  'horclr',
  'elevat',
  'vercsa',
  'horlen',
  'horwid',
])

/** Plainer than the catalogue's own. */
const PLAIN_NAMES = { drval1: 'Depth from', drval2: 'Depth to', valsou: 'Depth', valdco: 'Depth', inform: 'Note' }

let names = null
let latest = 0

/** Asks the server and shows its answer. */
export async function showFeatures(panel, position, radius, zoom) {
  const turn = ++latest
  const title = panel.querySelector('h2')
  const list = panel.querySelector('.features')
  title.textContent = formatPosition(position)
  list.replaceChildren(paragraph('Looking …'))
  panel.hidden = false
  try {
    names ??= await (await fetch(new URL('./attribute-names.json', import.meta.url))).json()
    const body = JSON.stringify({ position, radius, zoom })
    const headers = { 'content-type': 'application/json' }
    const { results } = await call('/api/v1/enc_query', { method: 'POST', headers, body })
    if (turn !== latest) return
    const shown = results.filter(({ layerId }) => !ABOUT_DATA.test(layerId))
    if (shown.length === 0) list.replaceChildren(paragraph('The charts show nothing here.'))
    else list.replaceChildren(...shown.slice(0, MOST).map(featureEntry))
    if (shown.length > MOST) list.append(paragraph(`${shown.length - MOST} more are further away.`))
  } catch (error) {
    if (turn === latest) list.replaceChildren(paragraph(error.message))
  }
  panel.querySelector('.close').focus({ preventScroll: true })
}

function featureEntry({ layerId, layerName, attributes, rawAttributes, parentCellName, geometry }) {
  const entry = element('section')
  entry.append(element('h3', attributes.objectName ?? layerName))
  const subtitle = attributes.objectName === undefined ? layerId : `${layerName}, ${layerId}`
  entry.append(element('p', `${subtitle}, cell ${parentCellName}`, 'source'))
  const table = element('dl')
  if (layerId === 'SOUNDG') row(table, 'Depths', depthsOf(geometry))
  for (const [name, value] of Object.entries(rawAttributes)) {
    if (!DULL.has(name) && value !== null && value !== '')
      row(table, PLAIN_NAMES[name] ?? names[name]?.name ?? name, wordsOf(name, value))
  }
  if (table.children.length > 0) entry.append(table)
  return entry
}

const depthsOf = ({ coordinates }) =>
  `${coordinates
    .map(([, , depth]) => depth)
    .filter((depth) => depth !== undefined)
    .join(', ')} m`

function wordsOf(name, value) {
  const values = names[name]?.values
  const each = (Array.isArray(value) ? value : String(value).split(',')).map(String)
  if (values !== undefined && each.every((code) => values[code] !== undefined)) return each.map((code) => values[code]).join(', ')
  return METRES.has(name) ? `${value} m` : String(value)
}

function row(table, name, value) {
  table.append(element('dt', name), element('dd', value))
}

/** Degrees and minutes, as navigators write them. */
function formatPosition({ latitude, longitude }) {
  const part = (value, digits, positive, negative) => {
    const total = Math.round(Math.abs(value) * 60_000) / 1_000
    const degrees = String(Math.floor(total / 60)).padStart(digits, '0')
    return `${degrees}°${(total % 60).toFixed(3).padStart(6, '0')}′${value < 0 ? negative : positive}`
  }
  return `${part(latitude, 2, 'N', 'S')} ${part(longitude, 3, 'E', 'W')}`
}

const paragraph = (text) => element('p', text)

function element(name, text, className) {
  const made = document.createElement(name)
  if (text !== undefined) made.textContent = text
  if (className !== undefined) made.className = className
  return made
}
