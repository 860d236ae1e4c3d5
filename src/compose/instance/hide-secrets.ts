import type { Config } from '#config/config.ts'
import { redactJson } from '#lib/redact.ts'

const HIDDEN = '[redacted]'
/** A shorter text occurs in too many others by chance. */
const SHORTEST = 5
const DEEPEST = 30

/**
 * Hides everything in a JSON value that grants access: anything that looks like a secret, and each secret of the configuration wherever it
 * occurs, such as in an error message.
 */
export function hideSecrets<T>(value: T, config: Config): T {
  const secrets = secretsOf(config)
  return redactJson(replaceIn(value, secrets)) as T
}

function replaceIn(value: unknown, secrets: readonly string[], depth = 0): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), value)
  if (typeof value !== 'object' || value === null || depth >= DEEPEST) return value
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, secrets, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaceIn(member, secrets, depth + 1)]))
}

/** The secrets of a configuration in each form that they may be written in, the longest first. */
function secretsOf(config: Config): string[] {
  const { s3, s63, backups, initialAdmin, publicCharts, tracing } = config
  const urls = [publicCharts.url, ...publicCharts.otherUrls.values(), tracing?.url].filter((url) => url instanceof URL)
  const given = [
    config.secretKey,
    backups.passphrase,
    config.provisioningDefaultToken,
    s3?.credentials?.accessKeyId,
    s3?.credentials?.secretAccessKey,
    s63.identity?.manufacturerKey,
    s63.identity?.hardwareId,
    // The default is not a secret.
    initialAdmin.password === 'admin' ? null : initialAdmin.password,
    ...passwordsOf(config.databaseUrl ?? ''),
    ...urls.flatMap(({ password, searchParams }) => [password, ...searchParams.values()]),
  ]
  const forms = given.flatMap((secret) => (secret === null || secret === undefined ? [] : formsOf(secret)))
  return [...new Set(forms)].filter((secret) => secret.length >= SHORTEST).toSorted((a, b) => b.length - a.length)
}

/** The URL class may not accept the address of a database. */
function passwordsOf(address: string): string[] {
  const user = /:\/\/[^:/?#]*:([^/?#]*)@/.exec(address)?.[1]
  const parameter = /[?&]password=([^&#]*)/.exec(address)?.[1]
  return [user, parameter].filter((password) => password !== undefined)
}

function formsOf(secret: string): string[] {
  const plain = decoded(secret)
  return [secret, plain, encodeURIComponent(plain)].flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()])
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
