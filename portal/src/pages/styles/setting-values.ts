/** The documented defaults of the settings, as far as the editor shows them. */
export const SETTING_DEFAULTS: Readonly<Record<string, unknown>> = {
  depthLimit: 3,
  depthUnits: 'meters',
  soundingOpacity: 1,
  showLightSectors: true,
  showPlaceNames: true,
  showOverscale: true,
  showNoData: true,
}

export function settingOf(settings: Readonly<Record<string, unknown>>, name: string): unknown {
  return settings[name] ?? SETTING_DEFAULTS[name]
}

/** The set of symbols that the name of an icon set stands for. */
export function symbolsOf({ iconSet = '' }: Readonly<Record<string, unknown>>): 'real' | 'simplified' | 'paper' {
  const name = String(iconSet)
  return /paper/i.test(name) ? 'paper' : /simplified/i.test(name) ? 'simplified' : 'real'
}

/** The settings without those that load from other servers, which the portal's policy refuses. */
export function shownSettings(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { showSatellite: _satellite, glyphs: _glyphs, ...rest } = settings
  return rest
}
