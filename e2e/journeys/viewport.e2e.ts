import { crc32, deflateSync } from 'node:zlib'
import { decodeRle, type Image, type Project, type SegmentationLabelData } from '@vesalius/contracts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProject, readLabel } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { placeOnPage } from '../lib/pictures.ts'
import { register, type Visitor, visit } from '../lib/visitor.ts'

const [WIDTH, HEIGHT] = [40, 30]
/** A bright part whose corner is not in the middle, so that no turn looks like another. */
const isBright = (x: number, y: number) => x >= 6 && x < 18 && y >= 4 && y < 22
const valueAt = (x: number, y: number) => (isBright(x, y) ? 40_000 + x : 1000 + y)

describe.skipIf(!chromiumPath)('the viewport', () => {
  let visitor: Visitor
  let project: Project

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    project = await findProject(visitor, ({ taskType }) => taskType === 3004)
  })
  afterAll(() => visitor?.leave())

  const upload = async (name: string, bytes: Buffer): Promise<Image> => {
    const { page, server } = visitor
    const answer = await page.request.post(`${server.url}/api/v1/projects/${project.id}/images`, {
      multipart: { file: { name, mimeType: 'image/png', buffer: bytes } },
    })
    return (await answer.json()).items[0].image
  }
  const open = async (page: Page, { id, name }: Image) => {
    await page.goto(`${visitor.server.url}/projects/${project.id}/annotate?order=%22oldest%22&image=%22${id}%22`)
    await page.getByRole('heading', { name }).waitFor()
    await page.locator('canvas[data-shown="true"]').waitFor()
    await page.locator('aside button:not([disabled])', { hasText: 'Submit and next' }).waitFor()
  }

  it('shows every pixel of 16 bits where it belongs, whichever way the image is turned', async () => {
    const { page } = visitor
    await open(page, await upload('deep.png', deepPng()))
    for (const key of ['', 'r', 'r', 'r', 'Shift+F', 'r']) {
      if (key) await page.keyboard.press(key)
      await page.mouse.move(2, 2)
      const wrong = await misplaced(page)
      expect(wrong, `after ${key || 'nothing'}`).toEqual([])
    }
    await page.mouse.move(...(await placeOnPage(page, [7.5, 20.5])))
    await page.locator('output', { hasText: '7, 20' }).getByText('40007', { exact: true }).waitFor()
    await page.mouse.move(...(await placeOnPage(page, [30.5, 3.5])))
    await page.locator('output', { hasText: '30, 3' }).getByText('1003', { exact: true }).waitFor()
    await takePicture(page, 'viewport-turned')
    expect(await findBarriers(page)).toEqual([])
  })

  it('keeps marks on the pixels they were drawn on while it is turned', async () => {
    const { page } = visitor
    await page.keyboard.press('p')
    for (const corner of [
      [6, 4],
      [18, 4],
      [18, 22],
      [6, 22],
    ] as const) {
      await page.mouse.click(...(await placeOnPage(page, corner)))
    }
    await page.keyboard.press('Enter')
    await page.locator('li[class*=row]').waitFor()
    const id = new URL(page.url()).searchParams.get('image')?.replaceAll('"', '') ?? ''
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await readLabel(visitor, id)).meta?.author.kind).toBe('person')
    const { masks, size } = (await readLabel(visitor, id)).data as SegmentationLabelData
    const expected = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
      Number(isBright(at % WIDTH, Math.floor(at / WIDTH))),
    )
    expect(masks.map(({ rle }) => decodeRle(rle, size))).toEqual([expected])
  })

  it('shows two views side by side, and the window in numbers', async () => {
    const { page } = visitor
    await open(page, await upload('again.png', deepPng(1)))
    await page.keyboard.press('Shift+C')
    await page.getByRole('img', { name: 'Beside: again.png' }).waitFor()
    await page.getByRole('button', { name: 'Window and level' }).click()
    await page.getByLabel('Width').waitFor()
    await takePicture(page, 'viewport-beside')
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByLabel('Width').waitFor({ state: 'hidden' })
  })

  it('leaves nothing of the crosshair behind', async () => {
    const { page } = visitor
    await page.keyboard.press('c')
    await page.getByText('Crosshair at').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Crosshair at').waitFor({ state: 'hidden' })
    const drawn = await page.locator('canvas[aria-hidden]').evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement
        const pen = (canvas as HTMLCanvasElement).getContext('2d')
        return pen?.getImageData(0, 0, width, height).data.some((sample) => sample > 0)
      }),
    )
    expect(drawn).not.toContain(true)
    expect(visitor.crashes).toEqual([])
  })
})

/** Places just inside and outside of the bright part whose shade on the page is not theirs. */
async function misplaced(page: Page): Promise<string[]> {
  const edges = [
    [6, 4],
    [5, 4],
    [6, 3],
    [17, 21],
    [18, 21],
    [17, 22],
    [0, 0],
    [39, 29],
    [17, 4],
    [6, 21],
  ] as const
  const places = await Promise.all(edges.map(([x, y]) => placeOnPage(page, [x + 0.5, y + 0.5])))
  const picture = (await page.screenshot()).toString('base64')
  const shades = await page.evaluate(
    async ({ data, spots }) => {
      // The page's security policy lets no picture be fetched from its own address.
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes]))
      const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      pen?.drawImage(bitmap, 0, 0)
      return spots.map(([x, y]) => pen?.getImageData(Math.floor(x), Math.floor(y), 1, 1).data[0] ?? -1)
    },
    { data: picture, spots: places },
  )
  return edges.flatMap(([x, y], index) =>
    (shades[index] as number) > 128 === isBright(x, y) ? [] : [`${x}, ${y}: ${shades[index]}`],
  )
}

/** A grey PNG of 16 bits; `seed` makes files differ. */
function deepPng(seed = 0): Buffer {
  const rows = Buffer.alloc(HEIGHT * (2 * WIDTH + 1))
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const value = x === 39 && y === 0 ? seed : valueAt(x, y)
      rows.writeUInt16BE(value, y * (2 * WIDTH + 1) + 1 + 2 * x)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH)
  header.writeUInt32BE(HEIGHT, 4)
  header[8] = 16
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
