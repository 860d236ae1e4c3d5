// Makes the library links of the bundled PostgreSQL, which packages cannot carry. The server does it by itself where it may
// write to node_modules; an image whose node_modules belong to another account calls this while it is built.
import { findBundle } from '#db/embedded/bundle.ts'
import { linkLibraries } from '#db/embedded/link-libraries.ts'

const { native } = await findBundle()
if (!(await linkLibraries(native))) throw new Error(`no permission to write to ${native}`)
