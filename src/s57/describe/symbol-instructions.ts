/** What the attribute SYMINS asks for, as far as it is understood (S-52 SYMINS02). */
export interface SymbolInstructions {
  /** SY: a symbol and its rotation in degrees. */
  symbols: { name: string; rotation: number }[]
  /** TX and TE: texts, filled in. */
  texts: string[]
  /** LS: a simple line; width in units of 0.32 mm. */
  line: { dash: 'solid' | 'dash' | 'dot'; width: number; colour: string } | null
  /** LC: a complex line. */
  complexLine: string | null
  /** AC: a fill; opacity 0 to 1. */
  fill: { colour: string; opacity: number } | null
  /** AP: an area pattern. */
  pattern: string | null
}

interface Instruction {
  name: string
  /** Quoted arguments begin with a quotation mark. */
  parts: string[]
}

const DASHES = { SOLD: 'solid', DASH: 'dash', DOTT: 'dot' } as const
const NAME = /^[A-Z][A-Z0-9]{1,15}$/
/** More is no instruction for one symbol. */
const LONGEST = 2_000

/**
 * Parses SYMINS: `SY(BRTHNO01);SY(BOYLAT14);TX('V-AIS',3,2,2,'15110',2,0,CHMGD,11)`. Instructions that are not understood are skipped.
 *
 * @param attributes of the object, which an instruction may name instead of a value.
 */
export function symbolInstructions(text: string, attributes: ReadonlyMap<string, string>): SymbolInstructions {
  const found: SymbolInstructions = { symbols: [], texts: [], line: null, complexLine: null, fill: null, pattern: null }
  if (text.length > LONGEST) return found
  for (const { name, parts } of instructionsOf(text)) {
    const first = parts[0] ?? ''
    if (name === 'TX') addText(found, textOf(first, attributes))
    else if (name === 'TE') addText(found, formatted(first, parts[1] ?? '', attributes))
    else if (name === 'LS') setLine(found, parts)
    else if (NAME.test(first)) {
      if (name === 'SY') found.symbols.push({ name: first, rotation: rotationOf(parts[1], attributes) })
      else if (name === 'LC') found.complexLine ??= first
      else if (name === 'AP') found.pattern ??= first
      else if (name === 'AC') found.fill ??= { colour: first, opacity: opacityOf(parts[1]) }
    }
  }
  return found
}

/** Splits a text into instructions; quotation marks keep separators and parentheses together. */
function instructionsOf(text: string): Instruction[] {
  const instructions: Instruction[] = []
  for (const piece of splitOutsideQuotes(text, ';')) {
    const match = /^([A-Z]{2})\((.*)\)$/s.exec(piece.trim())
    if (match === null) continue
    const parts = splitOutsideQuotes(match[2]!, ',').map((part) => part.trim())
    instructions.push({ name: match[1]!, parts })
  }
  return instructions
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const pieces: string[] = []
  let from = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "'") quoted = !quoted
    else if (text[i] === separator && !quoted) {
      pieces.push(text.slice(from, i))
      from = i + 1
    }
  }
  pieces.push(text.slice(from))
  return pieces
}

function isQuoted(part: string): boolean {
  return part.length >= 2 && part.startsWith("'") && part.endsWith("'")
}

/** Returns a quoted text, or the value of the attribute of that name; empty when there is none. */
function textOf(part: string, attributes: ReadonlyMap<string, string>): string {
  return isQuoted(part) ? part.slice(1, -1) : (attributes.get(part) ?? '')
}

/** Fills the values of attributes into a format of C: `clr %4.1lf`. Empty when a value is missing. */
function formatted(format: string, names: string, attributes: ReadonlyMap<string, string>): string {
  const values = textOf(names, new Map())
    .split(',')
    .map((name) => attributes.get(name.trim()) ?? '')
  if (values.includes('')) return ''
  let next = 0
  return textOf(format, new Map()).replace(/%0?(\d{0,2})(?:\.(\d))?l?([sdfi])/g, (_, _width, decimals, kind) => {
    const value = values[next++] ?? ''
    if (kind === 's' || !Number.isFinite(Number(value))) return value
    return Number(value).toFixed(kind === 'f' ? Number(decimals ?? 6) : 0)
  })
}

function addText(found: SymbolInstructions, text: string): void {
  if (text.trim() !== '') found.texts.push(text)
}

function setLine(found: SymbolInstructions, [dash = '', width = '', colour = '']: string[]): void {
  const units = Number(width)
  if (!(dash in DASHES) || !(units >= 1 && units <= 8) || !NAME.test(colour)) return
  found.line ??= { dash: DASHES[dash as keyof typeof DASHES], width: units, colour }
}

/** Returns a rotation in degrees: a number, or an attribute such as ORIENT; 0 for none. */
function rotationOf(part: string | undefined, attributes: ReadonlyMap<string, string>): number {
  const given = part === undefined || part === '' ? '0' : (attributes.get(part) ?? part)
  const degrees = given === '' ? 0 : Number(given)
  return Number.isFinite(degrees) ? degrees : 0
}

/** The transparency of AC counts quarters: 0 is opaque, 4 invisible. */
function opacityOf(part: string | undefined): number {
  const quarters = Number(part ?? '0')
  return quarters >= 0 && quarters <= 4 ? 1 - quarters / 4 : 1
}
