import { integer } from './plural.ts'
import { bytes } from './sizes.ts'

// The words of the tokens page.

/** Each client with what to do with its snippet. */
export const CLIENT_WORDS = {
  maplibre: {
    name: 'MapLibre',
    steps:
      'Save this as charts.html and open it. The charts are drawn from vector tiles. For another look add &theme=night, &depthLimit=5 or &depthUnits=feet to the address of the style.',
  },
  openlayers: {
    name: 'OpenLayers',
    steps:
      'Save this as charts.html and open it. It shows raster tiles, which have every line and pattern of the charts. Add &theme=night, &depthLimit=5 or &depthUnits=feet to their address for another look.',
  },
  leaflet: {
    name: 'Leaflet',
    steps:
      'Save this as charts.html and open it. It shows raster tiles. Add &theme=night, &depthLimit=5 or &depthUnits=feet to their address for another look.',
  },
  qgis: {
    name: 'QGIS',
    steps:
      'In QGIS choose Layer, Add Layer, Add XYZ Layer, then New. Paste this as the URL, set the maximum zoom level to 22, and add the layer.',
  },
  signalk: {
    name: 'SignalK',
    steps:
      'In the SignalK server open the settings of the plugin Signal K Charts, add an online chart provider, and fill in these values. Freeboard-SK and other apps then list the charts.',
  },
  curl: {
    name: 'curl',
    steps: 'This fetches one tile as a picture. Scripts send the token in the same header to every address of the API.',
  },
} as const

export const OFFLINE_LIBRARIES =
  'The page loads its map library from the internet. To use it without, put the files of the library beside the page and change their addresses.'

/** Where pages with a restricted token have to be. */
export function hostsNote(client: keyof typeof CLIENT_WORDS, hosts: readonly string[]): string | null {
  if (hosts.length === 0 || client === 'qgis' || client === 'curl') return null
  const where = hosts.join(', ')
  return client === 'signalk'
    ? `The token is for pages of ${where}. Freeboard-SK runs in the browser, so the host of the SignalK server must be among them.`
    : `The token is for pages of ${where}. Serve the page from there: opened as a file, the server refuses it.`
}

/** What the hosts of a token say about an address. */
export function verdictWords(
  verdict:
    | { kind: 'no-address' | 'any' | 'no-host' }
    | { kind: 'refused'; origin: string }
    | { kind: 'allowed'; origin: string; entry: string },
): string {
  switch (verdict.kind) {
    case 'no-address':
      return 'This is not an address. Write it as the browser shows it, such as https://example.com/map.'
    case 'any':
      return 'It may use the token: without hosts any page may.'
    case 'no-host':
      return 'It may not use the token: a page that is opened from a file has no host.'
    case 'allowed':
      return `It may use the token: ${verdict.origin} matches ${verdict.entry}.`
    case 'refused':
      return `It may not use the token: no host matches ${verdict.origin}.`
  }
}

/** What came back when a tile was fetched: "200 OK, 14 kB, 35 ms". */
export function trialWords(trial: { status: string; bytes: number; milliseconds: number }): string {
  return `${trial.status}, ${bytes(trial.bytes)}, ${integer(Math.round(trial.milliseconds))} ms`
}

/** Why a token cannot be shown. */
export function hiddenReason(mayBeShown: boolean): string {
  return mayBeShown
    ? 'The server cannot read it: it was encrypted under another secret key. It still works, and is shown again once it has been used.'
    : 'Only administrators see the tokens of administrators.'
}

export const NO_HOST =
  'A host is a name such as example.com, with a port if needed, or a whole origin such as https://example.com.'
