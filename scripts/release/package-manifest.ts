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
  optional?: boolean
  [member: string]: unknown
}

/** package-lock.json, version 3. */
export interface Lock {
  name: string
  version: string
  lockfileVersion: number
  requires: boolean
  packages: Record<string, LockedPackage>
}

const ENGINES = { node: '>=24' }
const MODULES = 'node_modules/'
/** The Node that a checkout brings along for machines with an older one. */
const BUNDLED_NODE = /^node-/

/**
 * The package.json of the tarball: what runs, without what tests and builds, and with imports that lead to compiled files. npm reads no
 * lock of a tarball, so the packages that ours depend on are dependencies too, in the locked version. It stays private, so that nobody
 * publishes it by mistake under a name that may not be ours.
 */
export function packageManifest(project: Manifest, lock: Lock) {
  const { name, version, description, license, bin } = project
  const isRuntime = ([, target]: [string, string]) => target.startsWith('./src/')
  const needed = lockedPackages({ packages: runtimePackages(lock) }).filter((each) => !each.nested && !each.optional)
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
    dependencies: Object.fromEntries(needed.map((each) => [each.name, each.version])),
    optionalDependencies: withoutNode(project.optionalDependencies),
  }
}

/** `#lib/*: ./src/lib/*` becomes `#lib/*.ts: ./src/lib/*.js`: the compiled files still name the sources, as the compiler leaves them. */
function compiledImport([name, target]: [string, string]): [string, string] {
  const isPattern = name.endsWith('/*')
  return [isPattern ? `${name}.ts` : name, isPattern ? `${target}.js` : target.replace(/\.ts$/, '.js')]
}

/** The part of the lock that an installation may have, on any platform. */
export function packageLock(lock: Lock, manifest: ReturnType<typeof packageManifest>): Lock {
  const { name, version, license, bin, engines, dependencies, optionalDependencies } = manifest
  const own = { name, version, license, dependencies, optionalDependencies, bin, engines }
  const { lockfileVersion } = lock
  return { name, version, lockfileVersion, requires: true, packages: { '': own, ...runtimePackages(lock) } }
}

function runtimePackages(lock: Lock): Lock['packages'] {
  const isRuntime = ([place, locked]: [string, LockedPackage]) =>
    place !== '' && locked.dev !== true && locked.devOptional !== true && !BUNDLED_NODE.test(place.slice(MODULES.length))
  return Object.fromEntries(Object.entries(lock.packages).filter(isRuntime))
}

/** A package of a lock. */
export interface LockedName {
  name: string
  version: string
  /** Whether it lies below another package, because that needs another version than the rest. */
  nested: boolean
  optional: boolean
}

/** Every package of a lock but its own. */
export function lockedPackages({ packages }: Pick<Lock, 'packages'>): LockedName[] {
  return Object.entries(packages).flatMap(([place, { version, optional = false }]) => {
    const [, ...names] = place.split(MODULES)
    return place === '' ? [] : [{ name: names.at(-1) ?? '', version, nested: names.length > 1, optional }]
  })
}

function withoutNode(packages: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(packages).filter(([name]) => !BUNDLED_NODE.test(name)))
}
