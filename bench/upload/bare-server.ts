import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

// What an upload costs at least: a process that writes the body to the file of its first argument, to the disk, and answers.
const server = createServer((request, response) => {
  void pipeline(request, createWriteStream(process.argv[2]!, { flush: true })).then(() => response.end('{}'))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
