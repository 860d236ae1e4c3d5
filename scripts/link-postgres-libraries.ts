// Creates the library links of the bundled PostgreSQL, which packages cannot contain. The server creates them itself where it can write to
// node_modules; the build of an image calls this, because there node_modules belong to another account.
import { findBundle } from '#db/embedded/bundle.ts'
import { linkLibraries } from '#db/embedded/link-libraries.ts'

const { native } = await findBundle()
if (!(await linkLibraries(native))) throw new Error(`no permission to write to ${native}`)
