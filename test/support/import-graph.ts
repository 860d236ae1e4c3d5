import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Each node and the nodes it imports. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|\bimport\.meta\.resolve\(\s*'(#[^']+\.ts)'\s*\)/g

/** The hand-written sources below a root, tests left out: paths relative to it, with forward slashes. */
export function sourceFiles(root: string): string[] {
  return globSync(['src/**/*.ts', 'bin/**/*.ts', 'portal/src/**/*.{ts,tsx}'], { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.endsWith('.test.ts'))
    .toSorted()
}

/** What a source text imports, dynamic imports and worker files included. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '')
}

/** The file that an import leads to, relative to the root, or null for a package. */
export function resolveImport(file: string, specifier: string): string | null {
  if (specifier === '#main') return 'src/main.ts'
  if (specifier.startsWith('#portal/')) return `portal/src/${specifier.slice('#portal/'.length)}`
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : null
}

/** The imports between the source files below a root. */
export function fileGraph(root: string): ImportGraph {
  const files = sourceFiles(root)
  const known = new Set(files)
  return new Map(
    files.map((file) => {
      const targets = importsOf(readFileSync(path.join(root, file), 'utf8')).map((specifier) => resolveImport(file, specifier))
      return [file, new Set(targets.filter((target) => target !== null && known.has(target)).map(String))]
    }),
  )
}

/** The imports between folders. Files directly in a folder belong to it, and each of its subfolders is a node of its own. */
export function folderGraph(files: ImportGraph): ImportGraph {
  const folders = new Map<string, Set<string>>()
  for (const [file, targets] of files) {
    const from = path.posix.dirname(file)
    const arrows = folders.get(from) ?? new Set()
    for (const target of targets) if (path.posix.dirname(target) !== from) arrows.add(path.posix.dirname(target))
    folders.set(from, arrows)
  }
  return folders
}

/** Every arrow that lies on a circle, as `from -> to`; none when the graph has no circle. */
export function circularArrows(graph: ImportGraph): string[] {
  const reached = new Map([...graph.keys()].map((node) => [node, reachableFrom(graph, node)]))
  return [...graph].flatMap(([from, targets]) =>
    [...targets].filter((to) => reached.get(to)?.has(from)).map((to) => `${from} -> ${to}`),
  )
}

function reachableFrom(graph: ImportGraph, start: string): Set<string> {
  const seen = new Set<string>([start])
  for (const node of seen) for (const next of graph.get(node) ?? []) seen.add(next)
  return seen
}
