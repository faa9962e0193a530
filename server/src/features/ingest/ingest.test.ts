import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Image } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { listKeys } from '../../testing/test-storage.ts'
import { phantom, phantomPng, projectOf, sendForm, upload, uploadImage } from '../../testing/uploads.ts'

const MALFORMED = fileURLToPath(new URL('../../../../../shared/data/malformed', import.meta.url))

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let binary: string

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  binary = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

describe('uploading', () => {
  it('puts the bytes and a label file into the folder of the person who sent them', async () => {
    const bytes = await phantomPng()
    const image = await uploadImage(test.app, ann, binary, { name: 'scan.png', bytes })
    expect(image).toMatchObject({
      name: 'scan.png',
      type: 'png',
      state: 'TO_LABEL',
      width: 64,
      height: 48,
      bitDepth: 8,
    })
    expect(image.uri).toBe(`users/${image.ownerId}/${image.id}.png`)
    expect((await test.context.storage.read(image.uri)).equals(bytes)).toBe(true)
    const label = await readLabel(image)
    expect(label).toMatchObject({
      type: 1001,
      data: { key: { '0': 'negative', '1': 'positive' }, value: null },
      meta: { imageId: image.id, state: 'TO_LABEL', revision: 0, author: { kind: 'none' } },
    })
  })

  it('answers for each file in order, takes the good and refuses the bad with a reason', async () => {
    const png = await phantomPng()
    const flipped = Buffer.from(png)
    flipped[png.length - 30] = (flipped[png.length - 30] ?? 0) ^ 0xff
    const { status, items } = await upload(test.app, ann, binary, [
      { name: 'empty.png', bytes: Buffer.alloc(0) },
      { name: 'good.png', bytes: png },
      { name: 'page.jpg', bytes: Buffer.from('<html><script>alert(1)</script></html>') },
      { name: 'drawing.svg', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>') },
      { name: 'cut.png', bytes: png.subarray(0, png.length / 2) },
      { name: 'bits.png', bytes: flipped },
      { name: 'cut.jpg', bytes: (await phantom({ width: 300, height: 300 }).jpeg().toBuffer()).subarray(0, 2000) },
    ])
    expect(status).toBe(201)
    expect(items.map((item) => ('image' in item ? 'taken' : item.error.code))).toEqual([
      'FILE_EMPTY',
      'taken',
      'FILE_NOT_AN_IMAGE',
      'FILE_FORMAT_UNSUPPORTED',
      'FILE_DAMAGED',
      'FILE_DAMAGED',
      'FILE_DAMAGED',
    ])
    expect(await readdir(test.context.storage.scratchDirectory)).toEqual([])
  })

  it('answers 422 when no file is taken', async () => {
    const { status, items } = await upload(test.app, ann, binary, [{ name: 'a.txt', bytes: Buffer.from('hello') }])
    expect(status).toBe(422)
    expect(items).toHaveLength(1)
  })

  it('takes the type from the content, whatever the name says', async () => {
    for (const type of ['png', 'jpeg', 'webp', 'tiff', 'gif'] as const) {
      const bytes = await phantom().toFormat(type).toBuffer()
      const image = await uploadImage(test.app, ann, binary, { name: 'wrong.bmp', bytes })
      expect(image.type).toBe({ png: 'png', jpeg: 'jpg', webp: 'webp', tiff: 'tif', gif: 'gif' }[type])
    }
  })

  it('reads the size of a picture as it is shown, upright', async () => {
    const bytes = await phantom().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await uploadImage(test.app, ann, binary, { bytes })).toMatchObject({ width: 48, height: 64 })
  })

  it('keeps any script in a name and drops folders and control characters', async () => {
    const names = ['../../etc/مريض-٣.png', `quote'"<b>x.png`, '病人 7.png', 'a\u0000\u001bb.png']
    const bytes = await phantomPng()
    const { items } = await upload(
      test.app,
      ann,
      binary,
      names.map((name) => ({ name, bytes })),
    )
    expect(items.map((item) => item.name)).toEqual(['مريض-٣.png', `quote'"<b>x.png`, '病人 7.png', 'ab.png'])
  })

  it('refuses a file with more pixels than allowed without decoding it', async () => {
    const wide = await phantomPng({ width: 9, height: 9 })
    wide.writeUInt32BE(60_000, 16)
    wide.writeUInt32BE(60_000, 20)
    const { items } = await upload(test.app, ann, binary, [{ name: 'bomb.png', bytes: wide }])
    expect(items[0]).toMatchObject({ error: { code: expect.stringMatching(/FILE_TOO_MANY_PIXELS|FILE_DAMAGED/) } })
  })
})

describe('labels that come with an upload', () => {
  const first = { type: 1001, data: { key: { '0': 'negative', '1': 'positive' }, value: 1 } }
  const second = { type: 1001, data: { key: ['negative', 'positive'], weight: [0.9, 0.2], value: 0 } }

  it('make the next file an annotated image, in either writing, and no other one', async () => {
    const bytes = await phantomPng()
    const { items } = await upload(test.app, ann, binary, [
      { name: 'a.png', bytes, label: first, group: 'patient 1' },
      { name: 'b.png', bytes, label: second },
      { name: 'c.png', bytes },
    ])
    const images = items.map((item) => ('image' in item ? item.image : null))
    expect(images.map((image) => [image?.state, image?.labelValue, image?.labelRevision])).toEqual([
      ['NORMAL', 1, 1],
      ['NORMAL', 0, 1],
      ['TO_LABEL', null, 0],
    ])
    expect(images.map((image) => image?.annotatedAt !== null)).toEqual([true, true, false])
    const label = await readLabel(images[1] as Image)
    expect(label).toMatchObject({
      data: { key: { '0': 'negative', '1': 'positive' }, value: 0.2 },
      meta: { revision: 1, author: { kind: 'person', userId: images[1]?.ownerId } },
    })
    expect(await groupOf(images[0])).toBe('patient 1')
    expect(await groupOf(images[1])).toBeNull()
  })

  it('count as annotations of the project', async () => {
    const before = await annotationsOf(binary)
    await uploadImage(test.app, ann, binary, { label: first })
    expect(await annotationsOf(binary)).toEqual({ count: before.count + 1, changes: before.changes + 1 })
  })

  it.each([
    ['of another task type', { type: 1003, data: second.data }, 'LABEL_MISMATCH'],
    ['with other classes', { type: 1001, data: { key: { '0': 'no', '1': 'yes' }, value: 1 } }, 'LABEL_MISMATCH'],
    ['that are not JSON', '{', 'VALIDATION_FAILED'],
    ['out of range', { type: 1001, data: { ...first.data, value: 1.5 } }, 'VALIDATION_FAILED'],
  ])('are refused with their file alone when they are %s', async (_, label, code) => {
    const bytes = await phantomPng()
    const { items } = await upload(test.app, ann, binary, [
      { name: 'a.png', bytes, label },
      { name: 'b.png', bytes },
    ])
    expect(items).toMatchObject([{ error: { code } }, { image: { state: 'TO_LABEL' } }])
  })
})

describe('who may upload', () => {
  it('needs to be signed in', async () => {
    const response = await sendForm(test.app, {}, binary, new FormData())
    expect(response.statusCode).toBe(401)
  })

  it('finds no project of someone else', async () => {
    const form = new FormData()
    form.append('file', new File([Uint8Array.from(await phantomPng())], 'a.png'))
    expect((await sendForm(test.app, ben, binary, form)).statusCode).toBe(404)
  })

  it('has to send a form with a file', async () => {
    const empty = await sendForm(test.app, ann, binary, new FormData())
    expect(empty.statusCode).toBe(422)
    const url = `/api/v1/projects/${binary}/images`
    const json = await test.app.inject({ method: 'POST', url, headers: ann, payload: { file: 'x' } })
    expect(json.statusCode).toBe(415)
    const broken = await test.app.inject({
      method: 'POST',
      url,
      headers: { ...ann, 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc',
    })
    expect(broken.statusCode).toBe(400)
  })
})

describe('when something fails on the way', () => {
  it('leaves neither row nor files when the database refuses', async () => {
    const before = await filesOf()
    const { enqueueMany } = test.context.jobs
    test.context.jobs.enqueueMany = async () => {
      throw new Error('no queue')
    }
    const { status, items } = await upload(test.app, ann, binary, [{ name: 'a.png', bytes: await phantomPng() }])
    test.context.jobs.enqueueMany = enqueueMany
    expect(status).toBe(422)
    expect(items).toMatchObject([{ error: { code: 'INTERNAL' } }])
    expect(await filesOf()).toEqual(before)
    expect(await test.context.storage.notes.count()).toBe(0)
  })

  it('makes no row when the label file cannot be written', async () => {
    const before = await countImages()
    const { write } = test.context.storage
    test.context.storage.write = async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    }
    const { items } = await upload(test.app, ann, binary, [{ name: 'a.png', bytes: await phantomPng() }])
    test.context.storage.write = write
    expect(items).toMatchObject([{ error: { code: 'STORAGE_FULL' } }])
    expect(await countImages()).toBe(before)
  })
})

describe.skipIf(!existsSync(MALFORMED))(
  'the collection of hostile and unusual files (skipped without shared/data)',
  () => {
    it('is taken and refused as its expect.json says, all in one upload', async () => {
      const expected = JSON.parse(await readFile(join(MALFORMED, 'expect.json'), 'utf8')) as Record<string, string>
      const names = Object.keys(expected)
      const parts = await Promise.all(
        names.map(async (name) => ({ name, bytes: await readFile(join(MALFORMED, name)) })),
      )
      const { items } = await upload(test.app, ann, binary, parts)
      const found = items.map((item, index) => [names[index], 'image' in item ? 'accept' : 'reject'])
      expect(Object.fromEntries(found)).toEqual(expected)
      for (const item of items) {
        if (!('image' in item)) continue
        const preview = await test.app.inject({ url: `/api/v1/images/${item.image.id}/preview`, headers: ann })
        expect([item.name, preview.statusCode]).toEqual([item.name, 200])
      }
    })
  },
)

async function readLabel(image: Image) {
  return JSON.parse(String(await test.context.storage.read(image.uri.replace(/\.[a-z]+$/, '.label'))))
}

async function groupOf(image: Image | null | undefined): Promise<string | null | undefined> {
  const rows = await test.context.db.selectFrom('images').select(['id', 'group_key']).execute()
  return rows.find((row) => row.id === image?.id)?.group_key
}

async function filesOf(): Promise<string[]> {
  return listKeys(test.context.storage, 'users/')
}

async function countImages(): Promise<number> {
  return (await test.context.db.selectFrom('images').select('id').execute()).length
}

async function annotationsOf(projectId: string) {
  const row = await test.context.db
    .selectFrom('projects')
    .select(['annotation_count as count', 'annotation_changes as changes'])
    .where('id', '=', projectId as never)
    .executeTakeFirstOrThrow()
  return row
}
