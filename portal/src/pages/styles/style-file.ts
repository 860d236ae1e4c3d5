import { isRecord } from '../../api/errors.ts'
import { isColour, type SlotList } from './style-draft.ts'

export interface FieldProblem {
  /** Where, as a JSON pointer into the file: `/parameters/colors/LANDA`; empty for the file itself. */
  field: string
  message: string
}

export interface StyleFile {
  /** Null when the file has none. */
  name: string | null
  parameters: Record<string, unknown>
}

/** Bytes of the parameters that the server takes. */
const MOST_BYTES = 65_536
const LONGEST_NAME = 200

/** A style as a file, which another server takes too. */
export function writeStyleFile(style: { name: string; parameters: Record<string, unknown> }): string {
  return `${JSON.stringify({ name: style.name, parameters: style.parameters }, null, 2)}\n`
}

/**
 * Reads a file of a style: a record with `parameters`, or the parameters alone. The server checks what is in the settings.
 * @returns the style, or everything that is wrong with the file.
 */
export function readStyleFile(text: string, slots: SlotList): StyleFile | FieldProblem[] {
  const content = parse(text)
  if (content instanceof SyntaxError) return [{ field: '', message: `is not JSON: ${content.message}` }]
  if (!isRecord(content)) return [{ field: '', message: 'must be a JSON object' }]
  const whole = content['parameters'] !== undefined
  const parameters = whole ? content['parameters'] : content
  const at = whole ? '/parameters' : ''
  if (!isRecord(parameters)) return [{ field: at, message: 'must be a JSON object' }]
  if (!whole && parameters['colors'] === undefined && parameters['settings'] === undefined)
    return [{ field: '', message: 'must have "parameters", or "colors" and "settings"' }]
  const name = whole ? content['name'] : undefined
  const wrong = [...checkName(name), ...checkParts(parameters, at), ...checkColours(parameters['colors'], at, slots)]
  if (new TextEncoder().encode(JSON.stringify(parameters)).length > MOST_BYTES)
    wrong.push({ field: at, message: `must have at most ${MOST_BYTES} bytes` })
  return wrong.length > 0 ? wrong : { name: typeof name === 'string' ? name : null, parameters }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return error instanceof SyntaxError ? error : new SyntaxError(String(error))
  }
}

function checkName(name: unknown): FieldProblem[] {
  const fits = name === undefined || (typeof name === 'string' && name.length > 0 && name.length <= LONGEST_NAME)
  return fits ? [] : [{ field: '/name', message: `must be a text of 1 to ${LONGEST_NAME} characters` }]
}

function checkParts(parameters: Record<string, unknown>, at: string): FieldProblem[] {
  return ['colors', 'settings']
    .filter((part) => parameters[part] !== undefined && !isRecord(parameters[part]))
    .map((part) => ({ field: `${at}/${part}`, message: 'must be a JSON object' }))
}

function checkColours(colors: unknown, at: string, slots: SlotList): FieldProblem[] {
  if (!isRecord(colors)) return []
  return slots
    .filter(({ slot }) => colors[slot] !== undefined && !isColour(colors[slot]))
    .map(({ slot }) => ({ field: `${at}/colors/${slot}`, message: 'must be a colour such as #61b7ff' }))
}
