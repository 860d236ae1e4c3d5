/**
 * How one subfield is stored. `text` with width 0 runs to the next unit terminator; `number` is a number written in ASCII
 * digits; `real` is a floating-point number; `bits` are opaque bytes. Widths are in bytes.
 */
export interface SubfieldFormat {
  kind: 'text' | 'number' | 'unsigned' | 'signed' | 'real' | 'bits'
  width: number
}

/** One field of the data descriptive record: the names of its subfields and how they are stored. */
export interface FieldDefinition {
  tag: string
  labels: readonly string[]
  formats: readonly SubfieldFormat[]
  /** True when the subfields repeat until the end of the field (a `*` before the first label). */
  repeating: boolean
  /**
   * How many subfields occur once before the others repeat: a concatenated structure, `VCID\\\\*YCOO!XCOO`. 0 when all repeat, and the
   * number of labels when none does.
   */
  head: number
}

const unitTerminator = '\x1f'
const mostSubfields = 200

/** What joins the fixed part and the repeated part of a concatenated structure. */
const concatenation = /\\{1,2}\*/

/**
 * Parses the description of one field (ISO/IEC 8211, 6.4): field controls, name, labels between `!`, and formats such as
 * `(b11,2b14,3A,A(8),B(40))`. `text` is the field's data as ISO 8859-1, without its terminator.
 */
export function parseFieldDefinition(
  tag: string,
  text: string,
  controlLength: number,
  fail: (message: string) => never,
): FieldDefinition {
  const parts = text.slice(controlLength).split(unitTerminator)
  const descriptor = (parts[1] ?? '').trim()
  const repeating = descriptor.startsWith('*')
  const [fixed = '', repeated] = descriptor.replace(/^\*/, '').split(concatenation)
  const first = fixed === '' ? [] : fixed.split('!')
  const labels = repeated === undefined ? first : [...first, ...repeated.split('!')]
  const head = repeating ? 0 : first.length
  if (labels.length > mostSubfields) {
    fail(`the field is described with ${labels.length} subfields; ${mostSubfields} are accepted`)
  }
  const formats = labels.length === 0 ? [] : expandFormats((parts[2] ?? '').trim(), fail)
  if (formats.length < labels.length) {
    fail(`the field is described with ${labels.length} subfields but only ${formats.length} formats`)
  }
  return { tag, labels, formats: formats.slice(0, labels.length), repeating, head }
}

/** Unrolls repeat counts: `(b11,2(b12,A))` gives five formats. */
function expandFormats(controls: string, refuse: (message: string) => never): SubfieldFormat[] {
  let at = 0
  const fail = (): never => {
    return refuse(`the format controls ${JSON.stringify(controls)} cannot be understood`)
  }
  const list = (depth: number): SubfieldFormat[] => {
    const formats: SubfieldFormat[] = []
    for (;;) {
      const digits = /^\d{0,4}/.exec(controls.slice(at, at + 4))?.[0] ?? ''
      at += digits.length
      const repeat = digits === '' ? 1 : Number(digits)
      let unit: SubfieldFormat[]
      if (controls[at] === '(') {
        if (depth > 3) fail()
        at++
        unit = list(depth + 1)
        if (controls[at] !== ')') fail()
        at++
      } else {
        unit = [single()]
      }
      if (formats.length + repeat * unit.length > mostSubfields) fail()
      for (let i = 0; i < repeat; i++) formats.push(...unit)
      if (controls[at] !== ',') return formats
      at++
    }
  }
  const single = (): SubfieldFormat => {
    const match = /^(?:b([124])([1248])|([AIRSCB])(?:\((\d{1,5})\))?)/.exec(controls.slice(at, at + 9))
    if (match === null) return fail()
    at += match[0].length
    if (match[1] === '4') return match[2] === '4' || match[2] === '8' ? { kind: 'real', width: Number(match[2]) } : fail()
    if (match[1] !== undefined) return { kind: match[1] === '1' ? 'unsigned' : 'signed', width: Number(match[2]) }
    const size = Number(match[4] ?? 0)
    if (match[3] === 'B') {
      if (size === 0 || size % 8 !== 0) fail()
      return { kind: 'bits', width: size / 8 }
    }
    return { kind: match[3] === 'A' || match[3] === 'C' ? 'text' : 'number', width: size }
  }
  if (controls[at] !== '(') fail()
  at++
  const formats = list(0)
  if (controls[at] !== ')' || at !== controls.length - 1) fail()
  return formats
}
