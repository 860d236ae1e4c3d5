import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { circularArrows, fileGraph, folderGraph, importsOf } from './import-graph.ts'

function withTree(files: Record<string, string>, check: (root: string) => void): void {
  const root = mkdtempSync(path.join(os.tmpdir(), 'chartroom-graph-'))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    }
    check(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('the import reader finds static, dynamic, re-exported and worker imports', () => {
  const text =
    "import a from './a.ts'\nimport './b.ts'\nexport * from './c.ts'\nconst d = await import('./d.ts')\nimport.meta.resolve('#e.ts')\n"
  assert.deepEqual(importsOf(text), ['./a.ts', './b.ts', './c.ts', './d.ts', '#e.ts'])
})

test('a circle between files is reported by its arrows, and files outside it are not', () => {
  const tree = {
    'src/a/one.ts': "import '#a/two.ts'\n",
    'src/a/two.ts': "import './one.ts'\nimport './leaf.ts'\n",
    'src/a/leaf.ts': '',
    'src/a/top.ts': "import './one.ts'\n",
  }
  withTree(tree, (root) => {
    const graph = fileGraph(root)
    assert.deepEqual(circularArrows(graph), ['src/a/one.ts -> src/a/two.ts', 'src/a/two.ts -> src/a/one.ts'])
    assert.deepEqual(circularArrows(folderGraph(graph)), [])
  })
})

test('a circle between a folder and its subfolder is reported although no two files form one', () => {
  const tree = { 'src/a/base.ts': '', 'src/a/top.ts': "import './sub/part.ts'\n", 'src/a/sub/part.ts': "import '../base.ts'\n" }
  withTree(tree, (root) => {
    const graph = fileGraph(root)
    assert.deepEqual(circularArrows(graph), [])
    assert.deepEqual(circularArrows(folderGraph(graph)), ['src/a -> src/a/sub', 'src/a/sub -> src/a'])
  })
})
