import type { Config } from './config.ts'
import type { SettingsReader } from './settings-reader.ts'

const NAMES = ['S3_ENDPOINT', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'S3_FORCE_PATH_STYLE', 'S3_PREFIX']
const LARGEST_CACHE = 2 ** 50

/** Reads the settings of the object storage; null when `S3_BUCKET` is unset. */
export function objectStorage(read: SettingsReader): Config['s3'] {
  const bucket = read.text('S3_BUCKET')
  if (bucket === null) {
    const stray = NAMES.filter((name) => read.text(name) !== null)
    if (stray.length > 0) read.problem(`${stray.join(', ')} without S3_BUCKET: set the bucket, or none of them`)
    return null
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    read.refuse('S3_BUCKET', 'the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens')
  const endpoint = endpointOf(read)
  return {
    endpoint,
    bucket,
    region: read.text('S3_REGION') ?? 'us-east-1',
    credentials: credentialsOf(read),
    // Only Amazon and a few others have a host name for every bucket.
    forcePathStyle: read.flag('S3_FORCE_PATH_STYLE', endpoint !== null),
    prefix: prefixOf(read),
    cacheBytes: read.integer('S3_CACHE_MAX_BYTES', { minimum: 0, maximum: LARGEST_CACHE, fallback: 2 ** 31 }),
  }
}

function endpointOf(read: SettingsReader): string | null {
  const given = read.text('S3_ENDPOINT')
  if (given === null) return null
  const url = URL.parse(given)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.search !== '')
    read.refuse('S3_ENDPOINT', 'the http or https address of an S3 service, such as https://s3.example:9000', {
      secret: /[@?]/.test(given),
    })
  return given.replace(/\/+$/, '')
}

function credentialsOf(read: SettingsReader): NonNullable<Config['s3']>['credentials'] {
  const accessKeyId = read.text('S3_ACCESS_KEY_ID')
  const secretAccessKey = read.verbatim('S3_SECRET_ACCESS_KEY')
  if (accessKeyId === null && secretAccessKey === null) return null
  if (accessKeyId === null || secretAccessKey === null) {
    read.problem('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or neither to use those of the machine')
    return null
  }
  return { accessKeyId, secretAccessKey }
}

/** @returns a prefix that ends in `/`, or an empty one. */
function prefixOf(read: SettingsReader): string {
  const given = (read.text('S3_PREFIX') ?? '').replace(/^\/+|\/+$/g, '')
  if (given === '') return ''
  if (!/^[A-Za-z0-9_.-]{1,64}(?:\/[A-Za-z0-9_.-]{1,64}){0,7}$/.test(given))
    read.refuse('S3_PREFIX', 'names of letters, digits and - _ . joined by "/", such as chartroom/harbour')
  return `${given}/`
}
