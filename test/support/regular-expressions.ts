import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sourceFiles } from './import-graph.ts'

export interface FoundPattern {
  file: string
  pattern: RegExp
}

/** Every regular expression literal of the hand-written sources below a root. Leaves out `.tsx`: a closing tag looks like the start of one. */
export function regularExpressions(root: string): FoundPattern[] {
  const files = sourceFiles(root).filter((file) => !file.endsWith('.tsx'))
  return files.flatMap((file) => literalsOf(readFileSync(path.join(root, file), 'utf8')).map((pattern) => ({ file, pattern })))
}

/** Tokens after which a slash begins a regular expression and no division. */
const BEFORE = new Set([
  '',
  '(',
  ',',
  '=',
  ':',
  '[',
  '!',
  '&',
  '|',
  '?',
  '{',
  '}',
  ';',
  '>',
  '+',
  '~',
  'return',
  'typeof',
  'case',
  'of',
  'in',
])

/** The regular expression literals of a source text: skips comments and strings, follows the expressions inside templates. */
export function literalsOf(text: string): RegExp[] {
  const found: RegExp[] = []
  /** Depths of braces at which a template continues. */
  const templates: number[] = []
  let depth = 0
  let last = ''
  let at = 0

  function skipTemplate(): void {
    for (; at < text.length; at++) {
      if (text[at] === '\\') at++
      else if (text[at] === '`') break
      else if (text[at] === '$' && text[at + 1] === '{') {
        templates.push(depth++)
        at++
        last = '{'
        break
      }
    }
    at++
  }

  while (at < text.length) {
    const rest = text.slice(at, at + 2)
    const character = rest[0] ?? ''
    if (rest === '//') at = endOf('\n', at)
    else if (rest === '/*') at = endOf('*/', at + 2) + 2
    else if (character === '/' && BEFORE.has(last)) {
      const end = endOfPattern(text, at)
      const flags = /^[a-z]*/.exec(text.slice(end + 1, end + 9))?.[0] ?? ''
      found.push(new RegExp(text.slice(at + 1, end), flags))
      at = end + 1 + flags.length
      last = 'value'
    } else if (character === "'" || character === '"') {
      at++
      while (at < text.length && text[at] !== character) at += text[at] === '\\' ? 2 : 1
      at++
      last = 'value'
    } else if (character === '`') {
      at++
      last = 'value'
      skipTemplate()
    } else if (character === '}' && templates.at(-1) === depth - 1) {
      depth--
      templates.pop()
      at++
      last = 'value'
      skipTemplate()
    } else {
      if (character === '{') depth++
      if (character === '}') depth--
      const word = /^[\w$]+/.exec(text.slice(at, at + 80))?.[0]
      if (word !== undefined) last = word
      // A `!` after a value asserts that it is there, and a slash after it divides.
      else if (character.trim() !== '' && (character !== '!' || BEFORE.has(last))) last = character
      at += word?.length ?? 1
    }
  }
  return found

  function endOf(mark: string, from: number): number {
    const end = text.indexOf(mark, from)
    return end < 0 ? text.length : end
  }
}

function endOfPattern(text: string, start: number): number {
  let inClass = false
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]
    if (character === '\n') break
    if (character === '\\') at++
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '/' && !inClass) return at
  }
  throw new Error(`no regular expression ends after ${text.slice(start, start + 80)}`)
}
