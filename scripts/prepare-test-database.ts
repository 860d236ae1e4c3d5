import { prepareTemplate } from '#test/database.ts'

await prepareTemplate()
