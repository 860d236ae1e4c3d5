import type { StyleSpecification } from 'maplibre-gl'

/** Asserts that a document is a style of MapLibre's version; the server is responsible for the rest. */
export function assertStyle(document: object): asserts document is StyleSpecification {
  if (!('version' in document) || document.version !== 8)
    throw new Error('The style is not of version 8 of the style specification.')
}

/** The HTTP status in an error of MapLibre; null when it is not about a response. */
export function statusOf(error: object): number | null {
  return 'status' in error && typeof error.status === 'number' ? error.status : null
}
