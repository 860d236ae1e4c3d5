import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { readHome } from '#db/embedded/choose-place.ts'
import { SUPERUSER } from '#db/embedded/init-cluster.ts'
import { socketUrl } from '#db/embedded/login.ts'

/** The PostgreSQL that a running server keeps in its DATA_DIR. */
export interface EmbeddedDatabase {
  /** Its data directory. */
  data: string
  /** Process number of the postmaster. */
  pid: number
  url: string
  connect(): Promise<pg.Client>
}

/** Finds the database of a server by what PostgreSQL wrote into `postmaster.pid`: its process and the folder of its socket. */
export async function embeddedDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  const folder = path.join(dataDir, 'postgres')
  const data = path.join(await readHome(folder), 'data')
  const [pid, , , , socket] = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')
  if (pid === undefined || socket === undefined || socket === '') throw new Error(`${data}/postmaster.pid names no socket`)
  const password = (await readFile(path.join(folder, 'password'), 'utf8')).trim()
  const url = socketUrl(socket, SUPERUSER, password, 'chartroom')
  return {
    data,
    pid: Number(pid),
    url,
    async connect() {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    },
  }
}
