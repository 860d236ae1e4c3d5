/** The versions of the map libraries that the snippets name: those that the tests run. */
export const LIBRARY_VERSIONS = { maplibre: '6.17.0', openlayers: '10.11.0', leaflet: '1.9.4' } as const
