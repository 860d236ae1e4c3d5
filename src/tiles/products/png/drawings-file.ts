import path from 'node:path'

/** The drawings of the sprites without their colours, which `npm run sprites` writes. */
export const DRAWINGS_FILE = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'assets', 'drawings.json')
