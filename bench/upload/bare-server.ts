import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

// The minimum cost of an upload: a process that writes the body to the file in its first argument, flushes it, and answers.
const server = createServer((request, response) => {
  void pipeline(request, createWriteStream(process.argv[2]!, { flush: true })).then(() => response.end('{}'))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
