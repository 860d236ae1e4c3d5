import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readAnchor } from '#s100/anchor.ts'
import type { SignaturePolicy, SignatureRules } from '../reading/cell-opening.ts'

/** Reads the certificate of the scheme administrator, so that a wrong file prevents the start instead of failing every chart. */
export async function readSignatureRules(config: {
  signatures: SignaturePolicy
  authorityFile: string | null
}): Promise<SignatureRules> {
  const { signatures: policy, authorityFile } = config
  if (authorityFile === null) return { policy, authorities: [] }
  const authority = { name: path.basename(authorityFile), bytes: await readFile(authorityFile) }
  readAnchor(authority.name, authority.bytes)
  return { policy, authorities: [authority] }
}
