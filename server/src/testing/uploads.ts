import type { Image, Problem } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'

export interface UploadPart {
  name: string
  bytes: Uint8Array
  /** Fields sent before the file. */
  label?: unknown
  group?: string
}

export interface UploadAnswer {
  status: number
  items: ({ name: string; image: Image } | { name: string; error: Problem })[]
}

type Headers = Record<string, string>

/** Sends files the way a browser's form does. */
export async function upload(
  app: FastifyInstance,
  headers: Headers,
  projectId: string,
  parts: UploadPart[],
): Promise<UploadAnswer> {
  const form = new FormData()
  for (const { name, bytes, label, group } of parts) {
    if (label !== undefined) form.append('label', typeof label === 'string' ? label : JSON.stringify(label))
    if (group !== undefined) form.append('group', group)
    form.append('file', new File([Uint8Array.from(bytes)], name))
  }
  const response = await sendForm(app, headers, projectId, form)
  return { status: response.statusCode, items: response.json().items }
}

export async function sendForm(app: FastifyInstance, headers: Headers, projectId: string, form: FormData) {
  const body = new Response(form)
  return app.inject({
    method: 'POST',
    url: `/api/v1/projects/${projectId}/images`,
    headers: { ...headers, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  })
}

/** Uploads one picture and answers its image. */
export async function uploadImage(
  app: FastifyInstance,
  headers: Headers,
  projectId: string,
  part: Partial<UploadPart> = {},
): Promise<Image> {
  const { items } = await upload(app, headers, projectId, [{ name: 'a.png', bytes: await phantomPng(), ...part }])
  const [item] = items
  if (!item || !('image' in item)) throw new Error(`the upload was refused: ${JSON.stringify(items)}`)
  return item.image
}

/** The caller's own project of a task type: every new account has one. */
export async function projectOf(app: FastifyInstance, headers: Headers, taskType: number): Promise<string> {
  const response = await app.inject({ url: '/api/v1/projects', headers })
  const project = response.json().items.find((item: { taskType: number }) => item.taskType === taskType)
  return project.id
}

/** A drawn picture: rings whose spacing depends on the seed. */
export function phantom({ width = 64, height = 48, seed = 1 } = {}) {
  const data = new Uint8Array(width * height * 3)
  for (let index = 0; index < data.length; index += 1) {
    const pixel = Math.floor(index / 3)
    const distance = Math.hypot((pixel % width) - width / 2, Math.floor(pixel / width) - height / 2)
    data[index] = 128 + 100 * Math.sin((distance * (seed + 1)) / 5 + (index % 3))
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

export function phantomPng(options?: { width?: number; height?: number; seed?: number }): Promise<Buffer> {
  return phantom(options).png().toBuffer()
}
