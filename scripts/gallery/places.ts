/** A picture of the gallery. */
export interface Place {
  /** Name of the file, without its ending. */
  file: string
  title: string
  /** Longitude and latitude in degrees. */
  center: readonly [number, number]
  /** Of 512 px tiles. */
  zoom: number
  /** Parameters of `base.json`. */
  query: string
  isPhone?: true
}

const SAVANNAH = [-80.85, 32.03] as const
const COOK_INLET = [-151.72, 59.42] as const

/** Places on the charts of NOAA. */
export const NOAA_PLACES: readonly Place[] = [
  { file: 'savannah-8-day', title: 'Savannah, zoom 8', center: SAVANNAH, zoom: 8, query: 'theme=day' },
  { file: 'savannah-11-day', title: 'Savannah, zoom 11', center: SAVANNAH, zoom: 11, query: 'theme=day' },
  { file: 'savannah-13-day', title: 'Savannah, zoom 13', center: SAVANNAH, zoom: 13, query: 'theme=day' },
  { file: 'savannah-13-dusk', title: 'Savannah at dusk', center: SAVANNAH, zoom: 13, query: 'theme=dusk' },
  { file: 'savannah-13-night', title: 'Savannah at night', center: SAVANNAH, zoom: 13, query: 'theme=night' },
  {
    file: 'savannah-13-feet',
    title: 'Savannah in feet, safety depth 5 m',
    center: SAVANNAH,
    zoom: 13,
    query: 'theme=day&depthUnits=feet&depthLimit=5',
  },
  { file: 'savannah-15-day', title: 'Savannah, zoom 15', center: [-80.79, 32.0], zoom: 15, query: 'theme=day' },
  { file: 'savannah-phone', title: 'Savannah on a phone', center: [-80.79, 32.0], zoom: 12, query: 'theme=day', isPhone: true },
  { file: 'seldovia-12-day', title: 'Seldovia Bay, Alaska', center: COOK_INLET, zoom: 12, query: 'theme=day' },
  { file: 'seldovia-12-night', title: 'Seldovia Bay at night', center: COOK_INLET, zoom: 12, query: 'theme=night' },
]

const HARBOUR = [-34.93, 42.9475] as const

/** Places on the invented coast. */
export const INVENTED_PLACES: readonly Place[] = [
  { file: 'coast-11-day', title: 'The invented coast, zoom 11', center: HARBOUR, zoom: 11, query: 'theme=day' },
  { file: 'coast-13-day', title: 'The invented coast, zoom 13', center: HARBOUR, zoom: 13, query: 'theme=day' },
  { file: 'coast-13-dusk', title: 'The invented coast at dusk', center: HARBOUR, zoom: 13, query: 'theme=dusk' },
  { file: 'coast-13-night', title: 'The invented coast at night', center: HARBOUR, zoom: 13, query: 'theme=night' },
]
