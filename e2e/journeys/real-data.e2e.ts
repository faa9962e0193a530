import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CLASSES as CELLS, readVoc } from '@vesalius/bench/bccd'
import { dataFolder } from '@vesalius/bench/class-folders'
import { readGrey } from '@vesalius/bench/read-grey'
import {
  type BoundingBox,
  type DetectionLabelData,
  decodeRle,
  encodeRle,
  type Image,
  type LabelFile,
  type Project,
  type SegmentationLabelData,
} from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listImages } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { cocoOf, importGuesses } from '../lib/guesses.ts'
import { click, drag, type Place } from '../lib/pointer.ts'
import { register, type Visitor, visit } from '../lib/visitor.ts'

const SOON = { timeout: 20_000 }
/** Half the width of the brush as it is at first, in pixels of the image. */
const BRUSH = 8
const NOWHERE: Place = [0, 0]

const hasData = existsSync(dataFolder)

/** Guess, correction by hand, submission: the file on the disk holds what was drawn, pixel by pixel and box by box. */
describe.skipIf(!chromiumPath || !hasData)('real images of each task (skipped where ../shared/data is missing)', () => {
  let visitor: Visitor
  let project: Project
  let images: Image[]

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
  })
  afterAll(() => visitor?.leave())

  /** A project with these files, uploaded by a person. */
  const upload = async (taskType: number, classes: readonly string[], files: string[]) => {
    const { page, server } = visitor
    const data = { name: `Task ${taskType}`, taskType, classes }
    project = await (await page.request.post(`${server.url}/api/v1/projects`, { data })).json()
    await page.goto(`${server.url}/projects/${project.id}`)
    await page.getByText('Drop your images here').waitFor()
    await page.locator('input[type=file]').first().setInputFiles(files)
    await page
      .locator('article')
      .nth(files.length - 1)
      .waitFor()
    const found = await listImages(visitor, project.id, 'order=oldest')
    images = files.map((file) => found.find(({ name }) => name === basename(file)) as Image)
  }
  const open = async (index: number) => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${project.id}/annotate?order=%22oldest%22&image=%22${images[index]?.id}%22`)
    await page.getByRole('heading', { name: images[index]?.name ?? '' }).waitFor()
    await page.locator('canvas[data-shown="true"]').waitFor()
    await page.locator('aside button:not([disabled])', { hasText: '↵' }).waitFor()
  }
  const marksListed = (count: number) =>
    expect.poll(() => visitor.page.locator('li[class*=row]').count(), SOON).toBe(count)
  const takeTool = async (key: string) => {
    await visitor.page.keyboard.press('Escape')
    await visitor.page.keyboard.press(key)
  }
  /** The label file on the disk, once a person has submitted it. */
  const submitted = async <Data>(index: number): Promise<Data> => {
    const [path = ''] = globSync(join(visitor.server.dataDirectory, 'users', '*', `${images[index]?.id}.label`))
    const read = () => JSON.parse(readFileSync(path, 'utf8')) as LabelFile
    await expect.poll(() => read().meta?.author.kind, SOON).toBe('person')
    return read().data as Data
  }
  const submit = <Data>(index: number): Promise<Data> => {
    return visitor.page.keyboard.press('Enter').then(() => submitted<Data>(index))
  }

  it('blood cells: boxes moved, resized, drawn and deleted', async () => {
    const names = ['BloodImage_00379', 'BloodImage_00301']
    const files = names.map((name) => join(dataFolder, 'bccd/images', `${name}.jpg`))
    const [truth = [], second = []] = names.map((name) =>
      readVoc(readFileSync(join(dataFolder, 'bccd/annotations', `${name}.xml`), 'utf8')),
    )
    // Boxes that stand alone can be gripped in their middle.
    const alone = truth.filter(
      (own) => own.box[2] > 40 && truth.every((other) => other === own || !holds(other.box, middleOf(own.box))),
    )
    const [moved, resized, missing] = alone
    if (!moved || !resized || !missing) throw new Error('too few boxes stand alone')
    const shifted: BoundingBox = [moved.box[0] + 8, moved.box[1] + 6, moved.box[2], moved.box[3]]
    const short: BoundingBox = [resized.box[0], resized.box[1], resized.box[2] - 14, resized.box[3] - 10]
    const wrong: BoundingBox = [3, 3, 6, 4]
    const rest = truth.filter((mark) => ![moved, resized, missing].includes(mark))
    const guess = [...rest, { class: moved.class, box: shifted }, { class: resized.class, box: short }]
    await upload(2001, CELLS, files)
    const { page } = visitor
    const text = cocoOf(CELLS, [
      { image: images[0] as Image, boxes: [...guess, { class: 2, box: wrong }] },
      { image: images[1] as Image, boxes: second },
    ])
    await importGuesses(visitor, project.id, 'guesses.json', text)

    await open(0)
    await marksListed(guess.length + 1)
    await click(page, middleOf(wrong))
    await page.keyboard.press('Delete')
    await marksListed(guess.length)
    await click(page, middleOf(shifted))
    const [from = NOWHERE, to = NOWHERE] = await drag(page, middleOf(shifted), middleOf(moved.box))
    await click(page, middleOf(short))
    const [corner = NOWHERE, further = NOWHERE] = await drag(page, endOf(short), endOf(resized.box))
    await page.keyboard.press('Escape')
    await page.keyboard.press(`${missing.class + 1}`)
    const [start = NOWHERE, end = NOWHERE] = await drag(page, [missing.box[0], missing.box[1]], endOf(missing.box))
    await marksListed(guess.length + 1)
    await takePicture(page, 'real-boxes')
    const { boxes } = await submit<DetectionLabelData>(0)
    const by = (a: Place, b: Place, axis: 0 | 1) => b[axis] - a[axis]
    const [right, lower] = endOf(short)
    const pulled: Place = [right + by(corner, further, 0), lower + by(corner, further, 1)]
    expect(boxLines(boxes)).toEqual(
      boxLines([
        ...rest,
        {
          class: moved.class,
          box: [shifted[0] + by(from, to, 0), shifted[1] + by(from, to, 1), shifted[2], shifted[3]],
        },
        { class: resized.class, box: boxBetween([short[0], short[1]], pulled) },
        { class: missing.class, box: boxBetween(start, end) },
      ]),
    )

    // A right guess is taken over by one key.
    await page.getByRole('heading', { name: images[1]?.name ?? '' }).waitFor()
    await marksListed(second.length)
    await page.locator('aside button:not([disabled])', { hasText: 'Accept all' }).waitFor()
    expect(boxLines((await submit<DetectionLabelData>(1)).boxes)).toEqual(boxLines(second))
  })

  it('nuclei: two halves merged, one drawn, one cut back, one that is none removed', async () => {
    const folder = join(dataFolder, 'nuclei/test')
    const name = 'be26966900aa.png'
    const { pixels, width, height } = await readGrey(join(folder, 'instances', name))
    const nuclei = [...new Set(pixels)]
      .filter((value) => value > 0)
      .map((value) => Uint8Array.from(pixels, (pixel) => Number(pixel === value)))
      .sort((a, b) => count(b) - count(a))
    const [halved, cut, missing, ...others] = nuclei
    if (!halved || !cut || !missing) throw new Error('too few nuclei')
    const bounds = boundsOf(halved, width)
    const middle = Math.round((bounds.left + bounds.right) / 2)
    const left = keep(halved, width, (x) => x < middle)
    const right = keep(halved, width, (x) => x >= middle)
    const free = freeCorner(pixels, width, height)
    const wrong = keep(new Uint8Array(pixels.length).fill(1), width, (x, y) => inside(free, x, y))
    const rle = (mask: Uint8Array) => encodeRle(mask, [height, width])
    await upload(3004, ['nucleus'], [join(folder, 'images', name)])
    const { page } = visitor
    const masks = [left, right, cut, wrong, ...others].map((mask) => ({ class: 0, rle: rle(mask) }))
    await importGuesses(
      visitor,
      project.id,
      'guesses.json',
      cocoOf(['nucleus'], [{ image: images[0] as Image, masks }]),
    )

    await open(0)
    await marksListed(masks.length)
    await takeTool('v')
    await click(page, placeIn(wrong, width))
    await page.keyboard.press('Delete')
    await click(page, placeIn(left, width))
    await page.keyboard.down('Shift')
    await click(page, placeIn(right, width))
    await page.keyboard.up('Shift')
    await page.keyboard.press('m')
    await marksListed(masks.length - 2)

    await click(page, placeIn(cut, width))
    await page.keyboard.press('e')
    const edge = boundsOf(cut, width)
    const stroke = await drag(page, [edge.left, edge.top + 1], [edge.right, edge.top + 1])
    await takeTool('p')
    const around = boundsOf(missing, width)
    const corners = await click(
      page,
      [around.left, around.top],
      [around.right, around.top],
      [around.right, around.bottom],
      [around.left, around.bottom],
    )
    await page.keyboard.press('Enter')
    await marksListed(masks.length - 1)
    await takePicture(page, 'real-nuclei')
    const label = await submit<SegmentationLabelData>(0)
    expect(label.size).toEqual([height, width])

    const rest = keep(cut, width, (x, y) => !isInStroke(stroke, x, y))
    const taken = [halved, rest, ...others]
    const drawn = keep(new Uint8Array(pixels.length).fill(1), width, (x, y) => {
      const at = y * width + x
      return isInPolygon(corners, x, y) && taken.every((mask) => mask[at] === 0)
    })
    expect(maskLines(label)).toEqual([...taken, drawn].map((mask) => `0 ${rle(mask)}`).sort())
  })

  it('vessels of the retina: painted and erased', async () => {
    const file = join(dataFolder, 'drive/training/images/28_training.tif')
    const { pixels, width, height } = await readGrey(join(dataFolder, 'drive/training/1st_manual/28_manual1.gif'))
    const vessels = Uint8Array.from(pixels, (pixel) => Number(pixel > 0))
    // The model has missed a band of them and seen some that are none.
    const guess = vessels.map((pixel, at) => {
      const [x, y] = [at % width, Math.floor(at / width)]
      return inside({ left: 20, top: 270, right: 120, bottom: 276 }, x, y) ? 1 : y > 200 && y < 216 ? 0 : pixel
    })
    await upload(3003, ['vessel'], [file])
    const { page } = visitor
    const masks = [{ class: 0, rle: encodeRle(guess, [height, width]) }]
    await importGuesses(visitor, project.id, 'guesses.json', cocoOf(['vessel'], [{ image: images[0] as Image, masks }]))
    await open(0)
    await marksListed(1)
    await takeTool('b')
    const first = await drag(page, [150, 208], [400, 208])
    const second = await drag(page, [300, 190], [300, 230])
    await takeTool('e')
    const third = await drag(page, [20, 273], [121, 273])
    await takePicture(page, 'real-vessels')
    const label = await submit<SegmentationLabelData>(0)
    const drawn = guess.map((pixel, at) => {
      const [x, y] = [at % width, Math.floor(at / width)]
      const isPainted = isInStroke(first, x, y) || isInStroke(second, x, y)
      return Number((pixel === 1 || isPainted) && !isInStroke(third, x, y))
    })
    expect(label.size).toEqual([height, width])
    expect(maskLines(label)).toEqual([`0 ${encodeRle(drawn, [height, width])}`])
  })

  it('an organ and a lesion in a CT of 16 bits, seen through another window', async () => {
    const classes = ['liver', 'lesion']
    await upload(3002, classes, [join(dataFolder, 'dicom/wg04/CT1_J2KR.dcm')])
    const { page } = visitor
    const { width, height } = images[0] as Image
    const all = new Uint8Array(width * height).fill(1)
    const organ = keep(all, width, (x, y) => Math.hypot(x + 0.5 - 200, y + 0.5 - 240) < 60)
    const masks = [{ class: 0, rle: encodeRle(organ, [height, width]) }]
    await importGuesses(visitor, project.id, 'guesses.json', cocoOf(classes, [{ image: images[0] as Image, masks }]))
    await open(0)
    await marksListed(1)
    await page.mouse.move(640, 400)
    await page.keyboard.down('w')
    await page.mouse.down()
    await page.mouse.move(700, 380, { steps: 3 })
    await page.mouse.up()
    await page.keyboard.up('w')
    // The organ grows by a corner, and the lesion takes a part of it.
    await takeTool('p')
    const corners = await click(page, [200, 160], [290, 160], [290, 240], [200, 240])
    await page.keyboard.press('Enter')
    await takeTool('b')
    await page.keyboard.press('2')
    await page.getByRole('switch', { name: 'Never paint over other masks' }).click()
    const stroke = await drag(page, [180, 260], [230, 260])
    await marksListed(2)
    await takePicture(page, 'real-ct')
    const label = await submit<SegmentationLabelData>(0)
    const grown = keep(all, width, (x, y) => organ[y * width + x] === 1 || isInPolygon(corners, x, y))
    const lesion = keep(all, width, (x, y) => isInStroke(stroke, x, y))
    const size = [height, width] as const
    expect(maskLines(label)).toEqual([`0 ${encodeRle(grown, size)}`, `1 ${encodeRle(lesion, size)}`].sort())
  })

  it('red cells: a wrong class is corrected, a right one taken over', async () => {
    const folder = join(dataFolder, 'rbc12/test')
    const classes = readdirSync(folder).sort()
    const files = [0, 3, 5].map((value) => {
      const kind = join(folder, classes[value] ?? '')
      return join(kind, readdirSync(kind).sort()[0] ?? '')
    })
    await upload(1003, classes, files)
    const { page } = visitor
    const said = [3, 3, 5].map((value, index) => `${images[index]?.name},${classes[value]}`)
    await importGuesses(visitor, project.id, 'guesses.csv', ['image,class', ...said].join('\n'))
    await open(0)
    const button = (value: number) => page.getByRole('radio', { name: classes[value] ?? '' })
    await expect.poll(() => button(3).getAttribute('aria-checked'), SOON).toBe('true')
    await button(0).click()
    await takePicture(page, 'real-classes')
    expect(await submit<{ value: number }>(0)).toMatchObject({ value: 0 })
    for (const [index, value] of [
      [1, 3],
      [2, 5],
    ] as const) {
      await page.getByRole('heading', { name: images[index]?.name ?? '' }).waitFor()
      await expect.poll(() => button(value).getAttribute('aria-checked'), SOON).toBe('true')
      expect(await submit<{ value: number }>(index)).toMatchObject({ value })
    }
    expect(visitor.crashes).toEqual([])
  })
})

const middleOf = ([x, y, width, height]: BoundingBox): Place => [x + width / 2, y + height / 2]
const endOf = ([x, y, width, height]: BoundingBox): Place => [x + width, y + height]
/** Edges lie on tenths of a pixel. */
function boxBetween([left, top]: Place, [right, bottom]: Place): BoundingBox {
  const edge = (value: number) => Math.round(value * 10) / 10
  return [edge(left), edge(top), edge(right) - edge(left), edge(bottom) - edge(top)]
}
const holds = ([left, top, width, height]: BoundingBox, [x, y]: Place) =>
  x >= left && y >= top && x <= left + width && y <= top + height

/** Boxes to a tenth of a pixel, as they are kept, whatever their order and names. */
function boxLines(boxes: readonly { class: number; box: BoundingBox }[]): string[] {
  return boxes.map((mark) => [mark.class, ...mark.box.map((value) => value.toFixed(1))].join(' ')).sort()
}

function maskLines({ masks, size }: SegmentationLabelData): string[] {
  return masks.map((mark) => `${mark.class} ${encodeRle(decodeRle(mark.rle, size), size)}`).sort()
}

interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}
const inside = ({ left, top, right, bottom }: Bounds, x: number, y: number) =>
  x >= left && x < right && y >= top && y < bottom
const count = (mask: Uint8Array) => mask.reduce((sum, pixel) => sum + pixel, 0)

function keep(mask: Uint8Array, width: number, isKept: (x: number, y: number) => boolean): Uint8Array {
  return mask.map((pixel, at) => Number(pixel === 1 && isKept(at % width, Math.floor(at / width))))
}

function boundsOf(mask: Uint8Array, width: number): Bounds {
  const bounds = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 }
  mask.forEach((pixel, at) => {
    if (pixel === 0) return
    const [x, y] = [at % width, Math.floor(at / width)]
    bounds.left = Math.min(bounds.left, x)
    bounds.top = Math.min(bounds.top, y)
    bounds.right = Math.max(bounds.right, x + 1)
    bounds.bottom = Math.max(bounds.bottom, y + 1)
  })
  return bounds
}

/** The middle of the pixel that lies deepest in a mask, nearly: the middle one of its longest row. */
function placeIn(mask: Uint8Array, width: number): Place {
  let best = { length: 0, x: 0, y: 0 }
  let length = 0
  mask.forEach((pixel, at) => {
    const x = at % width
    length = pixel === 0 ? 0 : x === 0 ? 1 : length + 1
    if (length > best.length) best = { length, x: x - (length - 1) / 2, y: Math.floor(at / width) }
  })
  return [best.x + 0.5, best.y + 0.5]
}

/** Some square without any nucleus. */
function freeCorner(pixels: Uint16Array, width: number, height: number): Bounds {
  const side = 12
  for (let top = 2; top + side < height; top += 4) {
    for (let left = 2; left + side < width; left += 4) {
      const bounds = { left, top, right: left + side, bottom: top + side }
      const isFree = pixels.every((pixel, at) => pixel === 0 || !inside(bounds, at % width, Math.floor(at / width)))
      if (isFree) return bounds
    }
  }
  throw new Error('no place is free')
}

/** Whether the middle of a pixel lies within the brush's reach of a straight stroke. */
function isInStroke([from = [0, 0], to = from]: readonly Place[], x: number, y: number): boolean {
  const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]]
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy)))
  return Math.hypot(px - along * dx, py - along * dy) <= BRUSH
}

/** Whether the middle of a pixel lies inside a polygon, by the even-odd rule. */
function isInPolygon(points: readonly Place[], x: number, y: number): boolean {
  const [px, py] = [x + 0.5, y + 0.5]
  return points.reduce((isIn, [ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length] as Place
    const crosses = ay > py !== by > py && px < ax + ((py - ay) / (by - ay)) * (bx - ax)
    return isIn !== crosses
  }, false)
}
