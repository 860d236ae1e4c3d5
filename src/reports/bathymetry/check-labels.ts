import type { FieldError } from '#lib/errors.ts'
import type { UploadLabels } from './sounding-upload.ts'

const LONGEST_TEXT = 256

/** Checks everything of an upload but its soundings; adds what is wrong to `wrong`. */
export function checkLabels(body: Readonly<Record<string, unknown>>, wrong: FieldError[]): UploadLabels {
  const platform = checkTexts(body['platform'], '/platform', ['uniqueId', 'name', 'type'], wrong)
  const units = checkText(body['depthUnits'], '/depthUnits', wrong)
  if (units !== null && units !== 'meters') wrong.push({ field: '/depthUnits', message: 'must be meters' })
  return {
    platform,
    platformId: platform?.['uniqueId'] ?? null,
    providerContactPoint: checkTexts(
      body['providerContactPoint'],
      '/providerContactPoint',
      ['orgName', 'logger', 'loggerVersion'],
      wrong,
    ),
    depthUnits: 'meters',
    timeUnits: checkText(body['timeUnits'], '/timeUnits', wrong) ?? 'ISO 8601',
    convention: checkText(body['convention'], '/convention', wrong),
    externalUserId: checkText(body['externalUserId'], '/externalUserId', wrong),
  }
}

/** The named texts of an object; null when there is no object. */
function checkTexts(value: unknown, field: string, names: readonly string[], wrong: FieldError[]): Record<string, string> | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) {
    wrong.push({ field, message: 'must be a JSON object' })
    return null
  }
  const given = value as Record<string, unknown>
  const texts = names.map((name) => [name, checkText(given[name], `${field}/${name}`, wrong)] as const)
  return Object.fromEntries(texts.filter((entry): entry is readonly [string, string] => entry[1] !== null))
}

function checkText(value: unknown, field: string, wrong: FieldError[]): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') wrong.push({ field, message: 'must be a string' })
  else if (value.length > LONGEST_TEXT) wrong.push({ field, message: `must have at most ${LONGEST_TEXT} characters` })
  else if (value.includes('\0') || !value.isWellFormed())
    wrong.push({ field, message: 'must not hold the character NUL or an unpaired surrogate' })
  else return value
  return null
}
