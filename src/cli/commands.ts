import { addClusterDemo } from './commands/cluster-demo.ts'
import { addDemo } from './commands/demo.ts'
import { addServe } from './commands/serve.ts'
import type { AddCommand } from './frame/command-context.ts'

/** Every command, in the order of the help. A further one is a file in `commands/` and a line here. */
export const COMMANDS: readonly AddCommand[] = [addServe, addDemo, addClusterDemo]
