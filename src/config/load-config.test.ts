import assert from 'node:assert/strict'
import os from 'node:os'
import path from 'node:path'
import { describe, test } from 'node:test'
import { ConfigError } from './config-error.ts'
import { loadConfig } from './load-config.ts'

const GB = 1024 ** 3
const machine = { machineMemoryBytes: 2 * GB, cores: 4 }
const load = (env: Record<string, string>) => loadConfig(env, machine)

function problems(env: Record<string, string>): readonly string[] {
  try {
    load(env)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
  return []
}

describe('configuration defaults', () => {
  test('an empty environment gives the documented defaults', () => {
    const config = load({})
    assert.equal(config.host, '0.0.0.0')
    assert.equal(config.port, 9909)
    assert.equal(config.dataDir, path.resolve('data'))
    assert.equal(config.databaseUrl, null)
    assert.equal(config.publicCharts.url.href, 'https://www.charts.noaa.gov/ENCs/ENCProdCat.xml')
    assert.equal(config.publicCharts.filter, null)
    assert.equal(config.publicCharts.allowDowngrade, false)
    assert.equal(config.logLevel, 'info')
    assert.deepEqual(config.initialAdmin, { username: 'admin', password: 'admin' })
    assert.equal(config.provisioningDefaultToken, null)
    assert.deepEqual(config.jobs, { maxWorkerCount: 4, autoChartUpdate: false })
    assert.equal(config.postgres.user, null)
  })

  test('each further source of charts has a variable of its own, and an empty one turns the source off', () => {
    const others = (env: Record<string, string>) => [...load(env).publicCharts.otherUrls].map(([name, url]) => [name, url?.href])
    const copy = 'file:///srv/ienc/catalogue.xml'
    assert.deepEqual(others({}), [])
    assert.deepEqual(others({ PUBLIC_INLAND_CHARTS_URL: '' }), [['PUBLIC_INLAND_CHARTS_URL', undefined]])
    assert.deepEqual(others({ PUBLIC_INLAND_CHARTS_URL: copy, PUBLIC_CHARTS_URL: copy }), [['PUBLIC_INLAND_CHARTS_URL', copy]])
    assert.equal(load({}).publicCharts.isDefault, true)
    assert.equal(load({ PUBLIC_CHARTS_URL: copy }).publicCharts.isDefault, false)
    assert.match(problems({ PUBLIC_INLAND_CHARTS_URL: 'ftp://x' })[0] ?? '', /PUBLIC_INLAND_CHARTS_URL/)
  })

  test('an empty variable counts as unset', () => {
    assert.deepEqual(load({ PORT: '', DATABASE_URL: ' ', PUBLIC_CHARTS_FILTER: ' , ', INITIAL_ADMIN_PASSWORD: '' }), load({}))
  })

  test('variables of other servers with this API are ignored', () => {
    assert.deepEqual(load({ LICENSING_KEY: 'x', LICENSING_ORGANIZATION_ID: '', SUPPORT_REMOTE_ACCESS: 'maybe' }), load({}))
  })

  test('the configuration is frozen', () => {
    const config = load({ PUBLIC_CHARTS_FILTER: 'GA' })
    for (const each of [config, config.jobs, config.postgres.settings, config.publicCharts.filter?.states])
      assert.ok(Object.isFrozen(each))
  })

  test('memory and cores of this machine are plausible', () => {
    const { jobs, postgres } = loadConfig({})
    assert.ok(jobs.maxWorkerCount >= 1 && jobs.maxWorkerCount <= os.cpus().length)
    assert.match(postgres.settings['shared_buffers'] ?? '', /^\d+MB$/)
  })
})

test('MEMORY_LIMIT_BYTES lowers the memory that everything is sized for, and cannot raise it', () => {
  const limited = (bytes: number) => loadConfig({ MEMORY_LIMIT_BYTES: String(bytes) }, machine).machineMemoryBytes
  assert.equal(limited(GB), GB)
  assert.equal(limited(64 * GB), machine.machineMemoryBytes)
  assert.throws(() => limited(GB / 4), /MEMORY_LIMIT_BYTES/)
})

describe('memory of the embedded PostgreSQL', () => {
  const settings = (bytes: number) => {
    const { shared_buffers, work_mem, maintenance_work_mem, effective_cache_size, max_parallel_workers_per_gather } = loadConfig(
      {},
      { machineMemoryBytes: bytes },
    ).postgres.settings
    return [shared_buffers, work_mem, maintenance_work_mem, effective_cache_size, max_parallel_workers_per_gather]
  }
  const cases: [memory: number, expected: string[]][] = [
    [0.5 * GB, ['245MB', '8MB', '102MB', '819MB', '1']],
    [2 * GB, ['245MB', '8MB', '102MB', '819MB', '1']],
    [4 * GB - 1, ['491MB', '8MB', '204MB', '1638MB', '1']],
    [4 * GB, ['655MB', '16MB', '204MB', '1638MB', '2']],
    [8 * GB - 1, ['1024MB', '16MB', '256MB', '3276MB', '2']],
    [8 * GB, ['1024MB', '32MB', '256MB', '3276MB', '2']],
    [64 * GB, ['1024MB', '32MB', '256MB', '26214MB', '2']],
  ]
  for (const [memory, expected] of cases) test(`${memory / GB} GB`, () => assert.deepEqual(settings(memory), expected))

  test('shared buffers are 12 to 20 per cent of memory, at most 1 GB', () => {
    for (let memory = 2 * GB; memory < 6 * GB; memory += GB / 4) {
      const share = (Number.parseInt(settings(memory)[0] ?? '', 10) * 1024 * 1024) / memory
      assert.ok(share > 0.119 && share <= 0.2, `${share} at ${memory / GB} GB`)
    }
  })

  test('every POSTGRES_ variable overrides its setting', () => {
    const pinned = {
      POSTGRES_SHARED_BUFFERS: '300mb',
      POSTGRES_WORK_MEM: '64 kB',
      POSTGRES_MAINTENANCE_WORK_MEM: '1GB',
      POSTGRES_AUTOVACUUM_WORK_MEM: '32MB',
      POSTGRES_EFFECTIVE_CACHE_SIZE: '3GB',
      POSTGRES_RANDOM_PAGE_COST: '4',
      POSTGRES_JIT: 'on',
      POSTGRES_EFFECTIVE_IO_CONCURRENCY: '0',
      POSTGRES_MAX_PARALLEL_WORKERS_PER_GATHER: '3',
      POSTGRES_MAX_PARALLEL_WORKERS: '5',
      POSTGRES_MAX_PARALLEL_MAINTENANCE_WORKERS: '6',
      POSTGRES_DYNAMIC_SHARED_MEMORY_TYPE: 'posix',
    }
    assert.deepEqual(load(pinned).postgres.settings, {
      shared_buffers: '300MB',
      work_mem: '64kB',
      maintenance_work_mem: '1GB',
      autovacuum_work_mem: '32MB',
      effective_cache_size: '3GB',
      random_page_cost: '4',
      jit: 'on',
      effective_io_concurrency: '0',
      max_parallel_workers_per_gather: '3',
      max_parallel_workers: '5',
      max_parallel_maintenance_workers: '6',
      dynamic_shared_memory_type: 'posix',
    })
  })
})

describe('the message for a wrong value names the variable, the value and the accepted values', () => {
  const cases: [name: string, value: string, takes: RegExp][] = [
    ['PORT', '0', /whole number from 1 to 65535/],
    ['PORT', '70000', /whole number from 1 to 65535/],
    ['PORT', '80a', /whole number/],
    ['PORT', '-1', /whole number/],
    ['PORT', '1e3', /whole number/],
    ['HOST', 'http://0.0.0.0', /address or host name/],
    ['HOST', '127.0.0.1:80', /without a port/],
    ['LOG_LEVEL', 'loud', /one of trace, debug, info/],
    ['PUBLIC_CHARTS_URL', 'ftp://example.org/x.xml', /http, https or file URL/],
    ['PUBLIC_CHARTS_URL', '/srv/ENCProdCat.xml', /http, https or file URL/],
    ['PUBLIC_CHARTS_FILTER', 'US5SAVC', /"US5SAVC" is neither a cell name.*it takes a list/],
    ['JOB_PROCESSOR_MAX_WORKER_COUNT', '0', /whole number from 1/],
    ['JOB_PROCESSOR_ENABLE_AUTO_CHART_UPDATE', 'ja', /true or false/],
    ['POSTGRES_SHARED_BUFFERS', '256', /size with its unit/],
    ['POSTGRES_SHARED_BUFFERS', '64kB', /at least 128kB/],
    ['POSTGRES_WORK_MEM', '8 megabytes', /size with its unit/],
    ['POSTGRES_EFFECTIVE_CACHE_SIZE', '9999TB', /less than 2048GB/],
    ['POSTGRES_RANDOM_PAGE_COST', '-1', /number from 0/],
    ['POSTGRES_JIT', 'sometimes', /true or false/],
    ['POSTGRES_EFFECTIVE_IO_CONCURRENCY', '1001', /from 0 to 1000/],
    ['POSTGRES_DYNAMIC_SHARED_MEMORY_TYPE', 'none', /one of mmap, posix, sysv/],
    ['POSTGRES_RUN_AS', 'root', /other than root/],
    ['POSTGRES_RUN_AS', '-x', /name of an account/],
  ]
  for (const [name, value, takes] of cases) {
    test(`${name}=${value}`, () => {
      const [first = '', ...more] = problems({ [name]: value })
      assert.deepEqual(more, [])
      assert.ok(first.startsWith(`${name} is ${JSON.stringify(value)}`), first)
      assert.match(first, takes)
    })
  }

  const secrets: [name: string, value: string, takes: RegExp][] = [
    ['DATABASE_URL', 'mysql://me:hunter2@host/x', /postgresql:\/\/user:password@host/],
    ['DATABASE_URL', 'postgresql://me:hunter2@host:port/x', /postgresql:\/\/user:password@host/],
    ['DATABASE_URL', 'postgresql://me:a@b/hunter2@host:5432/x', /special characters of the password percent-encoded/],
    ['INITIAL_ADMIN_PASSWORD', 'xyz', /at least 4 characters/],
    ['PROVISIONING_DEFAULT_TOKEN', 'hunter2', /32 hexadecimal digits/],
    ['PROVISIONING_DEFAULT_TOKEN', '0191d4c2-7a5e-4f3b-8a1d-2f3e4d5c6b7a', /dashes must be removed/],
  ]
  for (const [name, value, takes] of secrets) {
    test(`${name} is not shown`, () => {
      const [first = ''] = problems({ [name]: value })
      assert.ok(first.startsWith(`${name} cannot be used`), first)
      assert.match(first, takes)
      assert.ok(!first.includes(value) && !first.includes('hunter2'), first)
    })
  }

  test('the message lists all wrong settings', () => {
    assert.equal(problems({ PORT: 'x', LOG_LEVEL: 'y', POSTGRES_JIT: 'z' }).length, 3)
    assert.throws(
      () => load({ PORT: 'x', LOG_LEVEL: 'y' }),
      /these settings are wrong:\n {2}- PORT is "x".*\n {2}- LOG_LEVEL is "y"/,
    )
  })
})

test('valid values are accepted', () => {
  const config = load({
    HOST: '::1',
    PORT: '1',
    DATA_DIR: '/srv/charts/',
    DATABASE_URL: 'postgresql://me:secret@/charts?host=/run/postgresql',
    PUBLIC_CHARTS_URL: 'file:///srv/enc/ENCProdCat.xml',
    LOG_LEVEL: 'DEBUG',
    INITIAL_ADMIN_USERNAME: 'skipper',
    INITIAL_ADMIN_PASSWORD: ' 4 ch',
    PROVISIONING_DEFAULT_TOKEN: '0191D4C27A5E4F3B8A1D2F3E4D5C6B7A',
    JOB_PROCESSOR_ENABLE_AUTO_CHART_UPDATE: 'TRUE',
    POSTGRES_RUN_AS: 'charts-db',
  })
  assert.equal(config.host, '::1')
  assert.equal(config.dataDir, '/srv/charts')
  assert.equal(config.databaseUrl, 'postgresql://me:secret@/charts?host=/run/postgresql')
  assert.equal(config.publicCharts.url.protocol, 'file:')
  assert.equal(config.logLevel, 'debug')
  assert.deepEqual(config.initialAdmin, { username: 'skipper', password: ' 4 ch' })
  assert.equal(config.provisioningDefaultToken, '0191d4c27a5e4f3b8a1d2f3e4d5c6b7a')
  assert.equal(config.jobs.autoChartUpdate, true)
  assert.equal(config.postgres.user, 'charts-db')
})

test('a worker may have no port, and a role needs an external database', () => {
  const env = { DATABASE_URL: 'postgresql://localhost/charts', PORT: '0' }
  assert.equal(loadConfig(env, { role: 'worker' }).port, null)
  assert.throws(() => loadConfig(env, { role: 'api' }), /PORT is "0"/)
  assert.throws(() => loadConfig({}, { role: 'worker' }), /--role worker needs DATABASE_URL/)
})

describe('behind a proxy', () => {
  test('without settings no proxy is trusted, and the address comes from the request', () => {
    const { trustedProxies, publicUrl } = load({})
    assert.deepEqual({ trustedProxies, publicUrl }, { trustedProxies: [], publicUrl: null })
  })

  test('TRUSTED_PROXIES takes addresses and networks', () => {
    const { trustedProxies } = load({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 ::1,fd00::/8' })
    assert.deepEqual(trustedProxies, ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])
  })

  test('a wrong entry of TRUSTED_PROXIES is named', () => {
    for (const wrong of ['proxy.example', '10.0.0.0/33', '::/129', '10.0.0.0/8/8', '10.0.0', 'fe80::1%eth0', '10.0.0.0/x']) {
      const [problem = ''] = problems({ TRUSTED_PROXIES: `127.0.0.1,${wrong}` })
      assert.match(problem, /^TRUSTED_PROXIES is /)
      assert.ok(problem.includes(JSON.stringify(wrong)), problem)
    }
  })

  test('PUBLIC_URL loses its final slash and keeps its folder', () => {
    assert.equal(load({ PUBLIC_URL: 'https://charts.example/' }).publicUrl, 'https://charts.example')
    assert.equal(load({ PUBLIC_URL: 'https://charts.example:8443/enc/' }).publicUrl, 'https://charts.example:8443/enc')
  })

  test('a PUBLIC_URL that is not a plain address is refused', () => {
    for (const wrong of [
      'charts.example',
      'ftp://charts.example',
      'https://charts.example/?a',
      'https://a:hunter2@charts.example/',
    ]) {
      const [problem = ''] = problems({ PUBLIC_URL: wrong })
      assert.match(problem, /^PUBLIC_URL cannot be used/)
      assert.ok(!problem.includes('hunter2'))
    }
  })
})

test('PROVISIONING_DIR is an absolute path, ./provisioning unless it is given', () => {
  assert.deepEqual(loadConfig({}).provisioning, { folder: path.resolve('provisioning'), isGiven: false })
  assert.deepEqual(loadConfig({ PROVISIONING_DIR: '/etc/chartroom' }).provisioning, { folder: '/etc/chartroom', isGiven: true })
})
