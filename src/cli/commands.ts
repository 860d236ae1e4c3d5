import { addBackup } from './commands/backup.ts'
import { addCharts } from './commands/charts.ts'
import { addClusterDemo } from './commands/cluster-demo.ts'
import { addCompletion } from './commands/completion.ts'
import { addDemo } from './commands/demo.ts'
import { addDoctor } from './commands/doctor.ts'
import { addJobs } from './commands/jobs/jobs.ts'
import { addLogin } from './commands/login.ts'
import { addMigrate } from './commands/migrate.ts'
import { addRestore } from './commands/restore.ts'
import { addServe } from './commands/serve.ts'
import { addTokens } from './commands/tokens.ts'
import { addUpload } from './commands/upload.ts'
import type { AddCommand } from './frame/command-context.ts'

/** Every command, in the order of the help. To add one, add a file in `commands/` and a line here. */
export const COMMANDS: readonly AddCommand[] = [
  addServe,
  addDemo,
  addClusterDemo,
  addLogin,
  addJobs,
  addUpload,
  addCharts,
  addTokens,
  addBackup,
  addRestore,
  addMigrate,
  addDoctor,
  addCompletion,
]
