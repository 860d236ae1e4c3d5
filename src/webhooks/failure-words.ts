import { codeOf, messageOf } from '#lib/errors.ts'

const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing takes connections at its address'],
  ['ENOTFOUND', 'its name is not known'],
  ['EAI_AGAIN', 'its name could not be looked up at the moment'],
  ['EHOSTUNREACH', 'no way leads to its address'],
  ['ENETUNREACH', 'no way leads to its address'],
  ['ECONNRESET', 'it broke the connection off'],
  ['UND_ERR_SOCKET', 'it broke the connection off'],
  ['ETIMEDOUT', 'it did not take the connection in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'it did not take the connection in time'],
  ['UND_ERR_HEADERS_TIMEOUT', 'it did not answer within 10 seconds'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is signed by itself alone'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'this server does not know who signed its certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'this server does not know who signed its certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
])

/** Says why a message got no answer: `The receiver could not be reached: nothing takes connections at its address (ECONNREFUSED).` */
export function failureWords(error: unknown): string {
  const code = codeOf(error) ?? ''
  const known = BY_CODE.get(code)
  return `The receiver could not be reached: ${known === undefined ? messageOf(error) : `${known} (${code})`}.`
}
