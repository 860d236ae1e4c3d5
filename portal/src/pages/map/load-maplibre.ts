// MapLibre is not part of any bundle: the server has its files under their version, and the browser keeps them.

export type MapLibre = typeof import('maplibre-gl')

let loading: Promise<MapLibre> | null = null

/** Loads MapLibre and its style sheet on the first call. @param base of the portal. @throws Error when the server does not answer. */
export function loadMapLibre(base: string): Promise<MapLibre> {
  loading ??= load(new URL(`assets/maplibre-${import.meta.env.VITE_MAPLIBRE_VERSION}/`, base)).catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}

async function load(folder: URL): Promise<MapLibre> {
  const [maplibre] = await Promise.all([
    import(/* @vite-ignore */ new URL('maplibre-gl.mjs', folder).href) as Promise<MapLibre>,
    loadStyleSheet(new URL('maplibre-gl.css', folder).href),
  ])
  maplibre.setWorkerUrl(new URL('maplibre-gl-worker.mjs', folder).href)
  return maplibre
}

function loadStyleSheet(href: string): Promise<void> {
  return new Promise((done, refuse) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.addEventListener('load', () => done())
    link.addEventListener('error', () => refuse(new Error('The style sheet of the map could not be loaded.')))
    // Loaded first, so that the portal's own rules take precedence.
    document.head.prepend(link)
  })
}

/** Whether this browser can draw the map. */
export function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
