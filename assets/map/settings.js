// What the user chose, kept in this browser; each choice is a parameter of the style document.

const KEY = 'chartroom-map'
const DEFAULTS = {
  theme: 'day',
  depthLimit: '3',
  depthUnits: 'meters',
  showLightSectors: true,
  showPlaceNames: true,
}

/** The stored choices; defaults for what is missing or no longer valid. */
export function loadSettings() {
  const settings = { ...DEFAULTS }
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    for (const [name, value] of Object.entries(DEFAULTS)) {
      if (typeof stored[name] === typeof value) settings[name] = stored[name]
    }
  } catch {
    // Damaged or blocked storage only means the defaults.
  }
  return settings
}

export function saveSettings(settings) {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // Private windows may refuse; the page works all the same.
  }
}

/** Path of the style document for these choices. */
export function stylePath(settings) {
  return `/api/v1/styles/base.json?${new URLSearchParams(settings)}`
}
