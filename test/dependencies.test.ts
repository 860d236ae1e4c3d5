import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

type Group = 'dependencies' | 'devDependencies' | 'optionalDependencies'
const manifest = JSON.parse(read('package.json')) as Record<Group, Record<string, string>>
const packages = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }

test('every package has an exact version', () => {
  const loose = Object.entries(packages).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
  assert.deepEqual(loose, [])
})

test('a decision names every package, by itself or by its scope', () => {
  const decisions = globSync('docs/decisions/*.md', { cwd: root }).map(read).join('\n')
  const names = new Set([...decisions.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name))
  const unnamed = Object.keys(packages).filter((name) => !names.has(name) && !names.has(name.replace(/\/.*/, '/*')))
  assert.deepEqual(unnamed, [])
})
