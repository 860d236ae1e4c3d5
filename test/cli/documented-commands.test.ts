import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import type { Command } from 'commander'
import type { CommandContext } from '#cli/frame/command-context.ts'
import { createProgram } from '#cli/run-cli.ts'

const document = await readFile(path.resolve(import.meta.dirname, '../../docs/command-line.md'), 'utf8')
const context: CommandContext = {
  ...{ env: {}, input: process.stdin, out: process.stdout, err: process.stderr, signal: new AbortController().signal },
  ...{ isPortalStale: false, hold() {}, exit() {} },
}
const program = createProgram(context)

/** The commands that do something, with their names from the program down. */
function leavesOf(command: Command, names: readonly string[]): { name: string; command: Command }[] {
  if (command.commands.length === 0) return [{ name: names.join(' '), command: command as Command }]
  return command.commands.flatMap((child) => leavesOf(child as Command, [...names, child.name()]))
}

test('docs/command-line.md names every command and every option, and no others', () => {
  const leaves = leavesOf(program as Command, [])
  const options = new Set(leaves.flatMap(({ command }) => command.options.map(({ long }) => long ?? '')))
  assert.ok(leaves.length > 15 && options.size > 15)
  const missing = leaves.filter(({ name }) => !new RegExp(`\`${name}[ \`]`).test(document)).map(({ name }) => name)
  assert.deepEqual(missing, [])
  const named = new Set(document.match(/(?<=[`\s[])--[a-z][a-z0-9-]*/g))
  assert.deepEqual(
    [...options].filter((option) => !named.has(option)),
    [],
  )
  const known = new Set([...options, '--help', '--version'])
  assert.deepEqual(
    [...named].filter((option) => !known.has(option)),
    [],
  )
})
