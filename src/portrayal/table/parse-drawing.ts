import type { Fill, LineStyle, SymbolUse } from './row.ts'

/** Parses the column `fill`: a token such as `DEPVS`, or `TRFCF@25%`. Throws an `Error` that quotes the text. */
export function parseFill(text: string): Fill | null {
  if (text === '') return null
  const [, token, percent] = /^([A-Z]{5})(?:@(\d+)%)?$/.exec(text) ?? []
  if (token === undefined) throw new Error(`Fill "${text}": expected a colour token, such as DEPVS or TRFCF@25%`)
  return { token, opacity: percent === undefined ? 1 : Number(percent) / 100 }
}

/** Parses the columns `line` and `line_plain`: `dash 2 CHMGD`, or `lc ACHARE51` for a complex line; a property in braces stands for its value. Throws an `Error`. */
export function parseLine(text: string): LineStyle | null {
  if (text === '') return null
  const complex = /^lc ((?:[A-Z0-9_-]|\{\w+\})+)$/.exec(text)?.[1]
  if (complex !== undefined) return { kind: 'complex', name: complex }
  const [, dash, width, token] = /^(solid|dash|dot) (\d) ([A-Z0-9]{5})$/.exec(text) ?? []
  if (token === undefined) throw new Error(`Line "${text}": expected a style, a width and a token, such as "dash 2 CHMGD"`)
  return { kind: 'simple', dash: dash === 'dot' || dash === 'dash' ? dash : 'solid', width: Number(width), token }
}

/** Parses the column `symbol`: names joined by ` + `, such as `TSSLPT51@ORIENT + DWRTPT51`. Throws an `Error`. */
export function parseSymbols(text: string): SymbolUse[] {
  if (text === '') return []
  return text.split(' + ').map((use) => {
    const [, name, attribute, plus = '0'] = /^([A-Z0-9_]+|\{\w+\})(?:@(\w+)([+-]\d+)?)?$/.exec(use) ?? []
    if (name === undefined) throw new Error(`Symbol "${use}": expected a name, such as CURENT01 or CURENT01@ORIENT`)
    return { name, rotation: attribute === undefined ? null : { attribute, plus: Number(plus) } }
  })
}
