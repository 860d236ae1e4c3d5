import { readSignatureRules } from '#charts/uploads/read-signature-rules.ts'
import type { Config } from '#config/config.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

/** Whether the signatures of S-100 exchange sets can be treated as the settings ask. */
export async function checkS100({ s100, preferStandard }: Config): Promise<Omit<Finding, 'name'>> {
  const { policy, authorities } = await readSignatureRules(s100)
  const drawn = `Of a chart in both standards, the ${preferStandard === 's101' ? 'S-101' : 'S-57'} cell is drawn.`
  const [authority] = authorities
  if (authority === undefined) {
    if (policy === 'require') {
      return failed(
        'S100_SIGNATURES is require, but no authority is set: every S-101 chart is refused.',
        'Set S100_AUTHORITY_FILE to the certificate of the scheme administrator, or S100_SIGNATURES to warn.',
      )
    }
    return ok(`No authority verifies the signatures of S-100 exchange sets. ${drawn}`)
  }
  if (policy === 'off') {
    return warning(
      `${authority.name} is set, but S100_SIGNATURES is off: no signature is verified.`,
      'Set S100_SIGNATURES to warn or require, or unset S100_AUTHORITY_FILE.',
    )
  }
  return ok(`${authority.name} verifies the signatures of S-100 exchange sets. ${drawn}`)
}
