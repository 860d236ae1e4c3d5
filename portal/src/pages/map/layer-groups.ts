import type { GroupName } from './group-names.ts'

/** The properties of a style layer that decide its group. */
export interface GroupedLayer {
  id: string
  type: string
  'source-layer'?: string
}

const CLASSES: Readonly<Record<Exclude<GroupName, 'names' | 'contours'>, string>> = {
  soundings: 'soundg',
  seabed: 'sbdare sndwav wedklp spring curent wattur ts_feb ts_fdp ts_pad ts_pnh ts_prh ts_tis tidewy magvar locmag',
  aids: 'daymar topmar retrfl rtpbcn radrfl radsta rdosta fogsig sistaw sistat dismar litflt litves pilbop cgusta rscsta boycar boyinb boyisd boylat boysaw boyspp bcncar bcnisd bcnlat bcnsaw bcnspp',
  lights: 'lights',
  areas:
    'resare achare achbrt cblare ctnare prcare mipare pipare dmpgrd tssbnd tsscrs tsslpt tssron tselne tsezne twrtpt dwrtcl dwrtpt fairwy feryrt rectrc rcrtcl rctlpt rdocal navlne istzne subtln splare ctsare fshgrd fshzne fshfac hrbare admare exezne conzne cosare cuszne frpare icnare logpon ospare stslne tesare cblsub pipsol prdare swpare',
  land: 'buaare buisgl lndrgn lndelv vegatn slotop slogrd roadwy railwy runway airare fnclne canals rivers lakare lndmrk siltnk forstc cranes ctrpnt hrbfac berths smcfac rapids watfal dykcon tunnel gridrn',
}
const GROUP_OF = new Map(
  Object.entries(CLASSES).flatMap(([name, classes]) => classes.split(' ').map((each) => [each, name as GroupName] as const)),
)

/** Layers that all classes of areas share. Borders of dangers stay. */
const SHARED_AREAS = /^area_(lines|symbols)(?!_danger)/
/** The shades of water and land stay, whatever is hidden. */
const GROUND = /^s57_(lakare|rivers|canals|runway)(_\d+)?$/

/** The group that a layer belongs to; null for layers that are always shown. */
export function groupOf(layer: GroupedLayer): GroupName | null {
  const { id, type } = layer
  if (id.startsWith('area_text')) return 'names'
  if (id.startsWith('light_')) return 'lights'
  if (SHARED_AREAS.test(id)) return 'areas'
  const source = layer['source-layer'] ?? ''
  if (!source.startsWith('s57_') || !id.startsWith('s57_')) return null
  const acronym = source.slice('s57_'.length)
  if (acronym === 'seaare') return 'names'
  if (type === 'fill' && GROUND.test(id)) return null
  return GROUP_OF.get(acronym) ?? null
}

/**
 * Layers of contours that are not the safety contour, by their order in a style: the plain contours and their labels. The safety contour is
 * drawn from `depth_boundaries` too, and by the last two lines of `depcnt`.
 */
function groupOfContour(layer: GroupedLayer, contours: readonly GroupedLayer[]): GroupName | null {
  if (layer.type === 'symbol') return 'contours'
  const lines = contours.filter(({ type }) => type === 'line')
  return lines.indexOf(layer) < lines.length - 2 ? 'contours' : null
}

/** The ids of the layers that some groups hide. */
export function hiddenLayers(layers: readonly GroupedLayer[], hidden: readonly GroupName[]): string[] {
  const contours = layers.filter((layer) => layer['source-layer'] === 's57_depcnt')
  return layers
    .filter((layer) => {
      const group = contours.includes(layer) ? groupOfContour(layer, contours) : groupOf(layer)
      return group !== null && hidden.includes(group)
    })
    .map(({ id }) => id)
}
