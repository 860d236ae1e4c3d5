import type { App } from '../base/app.ts'

/**
 * Records the routes as they are added and returns the methods that a path accepts, which distinguishes a wrong method from a wrong
 * path. Call it before the first route is added.
 */
export function createAllowedMethods(app: App): (path: string) => string[] {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    // The CORS preflight route matches every path, so it says nothing about this one.
    if (url === '*' || url === '/*') return
    const known = routes.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() }
    for (const one of [method].flat()) known.methods.add(one)
    routes.set(url, known)
  })
  return (path) => {
    const methods = new Set<string>()
    for (const route of routes.values()) {
      if (route.pattern.test(path)) for (const method of route.methods) methods.add(method)
    }
    return [...methods].sort()
  }
}

/** `/tiles/:z/:x/:y.mvt` to a regular expression; parameters match anything within one segment. */
function toPattern(url: string): RegExp {
  const source = url
    .split(/(:[A-Za-z0-9_]+(?:\([^)]*\))?)/)
    .map((part) => (part.startsWith(':') ? '[^/]+?' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('')
  return new RegExp(`^${source.replace(/\/$/, '')}/?$`)
}
