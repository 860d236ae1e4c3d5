import type { SettingsReader } from './settings-reader.ts'

const KB = 1024
const MB = 1024 * KB
const GB = 1024 * MB
const UNITS: ReadonlyMap<string, { bytes: number; written: string }> = new Map([
  ['kb', { bytes: KB, written: 'kB' }],
  ['mb', { bytes: MB, written: 'MB' }],
  ['gb', { bytes: GB, written: 'GB' }],
  ['tb', { bytes: 1024 * GB, written: 'TB' }],
])
/** Less memory counts as this much, the smallest device the settings support. */
const SMALLEST_DEVICE = 2 * GB

/**
 * Calculates the settings of the embedded PostgreSQL from the memory that this process may use; each `POSTGRES_*` variable overrides
 * its setting. Reports wrong values to the reader.
 *
 * @param memoryBytes the limit of the container, or the memory of the machine.
 * @returns names and values as postgresql.conf writes them.
 */
export function postgresSettings(read: SettingsReader, memoryBytes: number): Record<string, string> {
  const memory = Math.max(memoryBytes, SMALLEST_DEVICE)
  const small = memory < 4 * GB
  const large = memory >= 8 * GB
  const share = small ? 0.12 : large ? 0.2 : 0.16
  return {
    shared_buffers: size(read, 'POSTGRES_SHARED_BUFFERS', 128 * KB, megabytes(Math.min(memory * share, GB))),
    work_mem: size(read, 'POSTGRES_WORK_MEM', 64 * KB, small ? '8MB' : large ? '32MB' : '16MB'),
    maintenance_work_mem: size(
      read,
      'POSTGRES_MAINTENANCE_WORK_MEM',
      64 * KB,
      megabytes(Math.min(Math.max(memory * 0.05, 64 * MB), 256 * MB)),
    ),
    autovacuum_work_mem: size(read, 'POSTGRES_AUTOVACUUM_WORK_MEM', 64 * KB, '64MB'),
    effective_cache_size: size(read, 'POSTGRES_EFFECTIVE_CACHE_SIZE', 8 * KB, megabytes(memory * 0.4)),
    random_page_cost: cost(read, 'POSTGRES_RANDOM_PAGE_COST', '1.1'),
    jit: read.flag('POSTGRES_JIT', false) ? 'on' : 'off',
    effective_io_concurrency: count(read, 'POSTGRES_EFFECTIVE_IO_CONCURRENCY', 1000, 200),
    max_parallel_workers_per_gather: count(read, 'POSTGRES_MAX_PARALLEL_WORKERS_PER_GATHER', 1024, small ? 1 : 2),
    max_parallel_workers: count(read, 'POSTGRES_MAX_PARALLEL_WORKERS', 1024, 2),
    max_parallel_maintenance_workers: count(read, 'POSTGRES_MAX_PARALLEL_MAINTENANCE_WORKERS', 1024, 1),
    dynamic_shared_memory_type: read.choice('POSTGRES_DYNAMIC_SHARED_MEMORY_TYPE', ['mmap', 'posix', 'sysv'], 'mmap'),
  }
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MB)}MB`
}

function count(read: SettingsReader, name: string, maximum: number, fallback: number): string {
  return String(read.integer(name, { minimum: 0, maximum, fallback }))
}

function cost(read: SettingsReader, name: string, fallback: string): string {
  const given = read.text(name)
  if (given === null) return fallback
  if (/^\d+(\.\d+)?$/.test(given)) return given
  read.refuse(name, 'a number from 0, such as 1.1')
  return fallback
}

/** A size with its unit. Refuses bare numbers, which PostgreSQL reads as 8 kB pages or as kB, depending on the setting. */
function size(read: SettingsReader, name: string, minimum: number, fallback: string): string {
  const given = read.text(name)
  if (given === null) return fallback
  const [, digits = '', unit = ''] = /^(\d+)\s*([a-z]+)$/i.exec(given) ?? []
  const known = UNITS.get(unit.toLowerCase())
  // The largest value the server accepts for any of these is 2147483647 kB or pages of 8 kB.
  const bytes = Number(digits) * (known?.bytes ?? Number.NaN)
  if (known !== undefined && bytes >= minimum && bytes <= 2_147_483_647 * KB) return `${digits}${known.written}`
  read.refuse(name, `a size with its unit (kB, MB, GB), such as 256MB, of at least ${minimum / KB}kB and less than 2048GB`)
  return fallback
}
