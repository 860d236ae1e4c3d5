// Checks the types of each project: `npm run types`. The portal is a separate project because it runs in a browser.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const projects = ['tsconfig.json', 'portal/tsconfig.json', 'portal/tsconfig.test.json']

const failed = projects.filter(
  (project) =>
    spawnSync(process.execPath, [compiler, '--noEmit', '--project', project], { cwd: root, stdio: 'inherit' }).status !== 0,
)
process.exitCode = failed.length === 0 ? 0 : 1
