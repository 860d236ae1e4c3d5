import { listedCodes } from './listed-codes.ts'

/** LITCHR to the parts of the rhythm; SIGGRP holds one group for each part. */
const RHYTHMS: ReadonlyMap<string, readonly string[]> = new Map([
  ...(['F', 'Fl', 'LFl', 'Q', 'VQ', 'UQ', 'Iso', 'Oc', 'IQ', 'IVQ', 'IUQ', 'Mo', 'FFl'].map((rhythm, i) => [
    String(i + 1),
    [rhythm],
  ]) as [string, string[]][]),
  ['14', ['Fl', 'LFl']],
  ...(['OcFl', 'FLFl', 'AlOc', 'AlLFl', 'AlFl', 'Al'].map((rhythm, i) => [String(i + 15), [rhythm]]) as [string, string[]][]),
  ['25', ['Q', 'LFl']],
  ['26', ['VQ', 'LFl']],
  ['27', ['UQ', 'LFl']],
  ['28', ['Al']],
  ['29', ['AlF Fl']],
])

/** CATLIT; 6 (air obstruction) and the others have no word. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['1', 'Dir'],
  ['5', 'Aero'],
  ['7', 'Fog Det Lt'],
])

const COLOURS: ReadonlyMap<string, string> = new Map([
  ['1', 'W'],
  ['2', 'B'],
  ['3', 'R'],
  ['4', 'G'],
  ['5', 'Bu'],
  ['6', 'Y'],
  ['9', 'Y'],
  ['10', 'Vi'],
  ['11', 'Y'],
  ['12', 'Mag'],
  ['13', 'R'],
])

const STATUSES: ReadonlyMap<string, string> = new Map([
  ['2', '(occas)'],
  ['7', '(temp)'],
  ['8', '(priv)'],
  ['11', '(exting)'],
  ['17', '(U)'],
])

/**
 * Returns the character of a light as charts write it, without height, range and status: `Fl(2) WR 10s` (S-52 LITDSN02, INT 1 section
 * P). Empty when the attributes state nothing.
 *
 * @param attributes CATLIT, LITCHR, SIGGRP, COLOUR and SIGPER of the LIGHTS object, as the file writes them.
 * @param colours codes of COLOUR to write instead of its own, for the joint text of several sectors.
 */
export function lightCharacter(
  attributes: ReadonlyMap<string, string>,
  colours: readonly string[] = listedCodes(attributes.get('COLOUR')),
): string {
  const words = listedCodes(attributes.get('CATLIT')).map((code) => CATEGORIES.get(code))
  const rhythm = rhythmOf(attributes.get('LITCHR') ?? '', attributes.get('SIGGRP') ?? '')
  const letters = [...new Set(colours.map((code) => COLOURS.get(code) ?? ''))].join('')
  const said = [rhythm, letters, periodOf(attributes.get('SIGPER'))].filter((part) => part !== '')
  if (said.length === 0) return ''
  return [...words.filter((word) => word !== undefined), ...said].join(' ')
}

/** Returns what charts add for STATUS after height and range, such as `(priv)`; empty for none. */
export function lightStatus(attributes: ReadonlyMap<string, string>): string {
  return listedCodes(attributes.get('STATUS'))
    .map((code) => STATUSES.get(code) ?? '')
    .join('')
}

/**
 * Returns the ranges of the sectors of a light in nautical miles as charts write them: `12M`, `18/12M`, or `18-9M` for more than two.
 * Empty without ranges.
 */
export function sectorRanges(ranges: readonly number[]): string {
  const falling = [...new Set(ranges)].sort((a, b) => b - a)
  if (falling.length === 0) return ''
  return falling.length > 2 ? `${falling[0]}-${falling.at(-1)}M` : `${falling.join('/')}M`
}

function rhythmOf(code: string, groups: string): string {
  const parts = RHYTHMS.get(code)
  if (parts === undefined) return ''
  const given = groups.match(/\([^()]*\)/g) ?? []
  if (parts.length === 1) return `${parts[0]}${given.filter(isWorthWriting).join('')}`
  return parts.map((part, i) => `${part}${isWorthWriting(given[i] ?? '()') ? given[i] : ''}`).join('+')
}

function isWorthWriting(group: string): boolean {
  return group !== '()' && group !== '(1)'
}

function periodOf(text: string | undefined): string {
  const seconds = Number(text ?? '')
  return seconds > 0 ? `${seconds}s` : ''
}
