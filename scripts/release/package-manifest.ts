/** The parts of package.json that the release reads. */
export interface Manifest {
  name: string
  version: string
  description: string
  license: string
  bin: Record<string, string>
  imports: Record<string, string>
  dependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}

interface LockedPackage {
  version: string
  dev?: boolean
  devOptional?: boolean
  [member: string]: unknown
}

/** package-lock.json, version 3. */
export interface Lock {
  name: string
  version: string
  lockfileVersion: number
  packages: Record<string, LockedPackage>
}

const ENGINES = { node: '>=24' }
/** The Node that a checkout brings along for machines with an older one. */
const BUNDLED_NODE = /^node-/

/**
 * The package.json of the tarball: what runs, without what tests and builds, and with imports that lead to compiled files. It stays
 * private, so that nobody publishes it by mistake under a name that may not be ours.
 */
export function packageManifest(project: Manifest) {
  const { name, version, description, license, bin, dependencies } = project
  const isRuntime = ([, target]: [string, string]) => target.startsWith('./src/')
  return {
    name,
    version,
    description,
    license,
    private: true,
    type: 'module',
    bin,
    engines: ENGINES,
    imports: Object.fromEntries(Object.entries(project.imports).filter(isRuntime).map(compiledImport)),
    dependencies,
    optionalDependencies: withoutNode(project.optionalDependencies),
  }
}

/** `#lib/*: ./src/lib/*` becomes `#lib/*.ts: ./src/lib/*.js`: the compiled files still name the sources, as the compiler leaves them. */
function compiledImport([name, target]: [string, string]): [string, string] {
  const isPattern = name.endsWith('/*')
  return [isPattern ? `${name}.ts` : name, isPattern ? `${target}.js` : target.replace(/\.ts$/, '.js')]
}

/** The npm-shrinkwrap.json of the tarball: the locked versions and digests, so that an installation has what was tested. */
export function packageLock(lock: Lock, manifest: ReturnType<typeof packageManifest>) {
  const { name, version, license, bin, engines, dependencies, optionalDependencies } = manifest
  const packages: Record<string, unknown> = {
    '': { name, version, license, dependencies, optionalDependencies, bin, engines },
  }
  for (const [place, locked] of Object.entries(lock.packages)) {
    const isNode = BUNDLED_NODE.test(place.replace(/^node_modules\//, ''))
    if (place !== '' && locked.dev !== true && locked.devOptional !== true && !isNode) packages[place] = locked
  }
  return { name, version, lockfileVersion: lock.lockfileVersion, requires: true, packages }
}

/** Name and version of every package of a lock, its own left out. */
export function lockedPackages(lock: { packages: Record<string, unknown> }): { name: string; version: string }[] {
  return Object.entries(lock.packages).flatMap(([place, locked]) => {
    const name = place.split('node_modules/').at(-1) ?? ''
    return place === '' ? [] : [{ name, version: (locked as LockedPackage).version }]
  })
}

function withoutNode(packages: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(packages).filter(([name]) => !BUNDLED_NODE.test(name)))
}
