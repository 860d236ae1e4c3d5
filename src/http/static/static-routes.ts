import { readFile } from 'node:fs/promises'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'
import { problems } from '../base/schemas.ts'
import { sendCached, zip } from '../base/send-cached.ts'
import type { ChartAssets } from './chart-assets.ts'
import type { FileIndex, IndexedFile } from './file-index.ts'
import { noSprite, SPRITE_LIST_TYPE, SPRITE_RESPONSE, SpriteFile } from './sprite-answers.ts'

const TAGS = ['Styles']
const FALLBACK_FONT = 'Noto Sans Regular'
/** Names that clients of other servers ask for. */
const FONT_ALIASES = new Map([['open-sans', FALLBACK_FONT]])
const EMPTY_RANGE = { digest: 'e3b0c44298fc1c149afbf4c8996fb924', content: Buffer.alloc(0) }

const Version = Type.String({ description: 'As in the style document' })

/** Sprites and glyphs of the chart styles; no token is needed, because they hold nothing of a user. */
export function staticRoutes(app: App, { assets }: { assets: ChartAssets }): void {
  spriteRoute(app, assets)
  glyphRoute(app, assets)
}

function spriteRoute(app: App, assets: ChartAssets): void {
  app.get(
    '/api/v1/static/:version/sprites/:file',
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: TAGS,
        operationId: 'getSprite',
        summary: 'Symbols of the chart styles',
        description: 'A sprite of day, dusk or night: its picture or its list of symbols, in single or double size.',
        params: Type.Object({ version: Version, file: SpriteFile }),
        response: {
          200: SPRITE_RESPONSE,
          ...problems(404),
        },
      },
    },
    async (request, reply) => {
      const { version, file } = request.params
      const index = await assets.index()
      const found = index.files.get(`sprites/${file}`)
      if (found === undefined) throw noSprite()
      const isPicture = file.endsWith('.png')
      return await sendFile(request, reply, found, {
        contentType: isPicture ? 'image/png' : SPRITE_LIST_TYPE,
        cacheControl: cacheControl(index, version),
        zips: !isPicture,
      })
    },
  )
}

function glyphRoute(app: App, assets: ChartAssets): void {
  app.get(
    '/api/v1/static/:version/glyphs/:fontstack/:range.pbf',
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: TAGS,
        operationId: 'getGlyphs',
        summary: 'Glyphs of a font',
        description: `The first font of the list that is here; ${FALLBACK_FONT} if none is. Empty for a range without characters.`,
        params: Type.Object({
          version: Version,
          fontstack: Type.String({ description: 'Names of fonts, separated by commas' }),
          range: Type.String({ description: '256 characters, such as 0-255' }),
        }),
        response: {
          200: {
            description: 'Glyphs as signed distance fields',
            content: { 'application/x-protobuf': { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) } },
          },
          ...problems(404),
        },
      },
    },
    async (request, reply) => {
      const { version, fontstack, range } = request.params
      if (!isRange(range)) {
        throw new AppError(
          'STATIC_NOT_FOUND',
          'There is no such range of glyphs. Ranges are 0-255, 256-511 and so on to 65280-65535.',
        )
      }
      const index = await assets.index()
      const found = index.files.get(`glyphs/${chooseFont(index, fontstack)}/${range}.pbf`)
      const options = { contentType: 'application/x-protobuf', cacheControl: cacheControl(index, version) }
      if (found !== undefined) return await sendFile(request, reply, found, { ...options, zips: true })
      return await sendCached(request, reply, {
        ...options,
        digest: EMPTY_RANGE.digest,
        content: async () => EMPTY_RANGE.content,
        zipped: null,
      })
    },
  )
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: IndexedFile,
  { zips, ...answer }: { contentType: string; cacheControl: string; zips: boolean },
): Promise<unknown> {
  const content = () => readFile(file.path)
  return await sendCached(request, reply, {
    ...answer,
    digest: file.digest,
    content,
    zipped: zips ? async () => await zip(await content()) : null,
  })
}

/** The content at an address with the current version never changes; what another version had there is unknown. */
function cacheControl(index: FileIndex, version: string): string {
  return version === index.version ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function chooseFont({ files }: FileIndex, stack: string): string {
  const names = stack.split(',').map((name) => name.trim())
  const known = names.map((name) => FONT_ALIASES.get(name) ?? name)
  return known.find((name) => files.has(`glyphs/${name}/0-255.pbf`)) ?? FALLBACK_FONT
}

/** 256 characters of the basic plane, from a multiple of 256. */
function isRange(range: string): boolean {
  const [, start, end] = /^(\d{1,5})-(\d{1,5})$/.exec(range) ?? []
  return Number(start) % 256 === 0 && Number(start) <= 65_280 && Number(end) === Number(start) + 255
}
