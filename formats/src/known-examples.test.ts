import { decodeRle, rleArea, rleBounds } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { readCoco } from './coco/read-coco.ts'
import { readCvat } from './cvat/read-cvat.ts'
import { readGeojson } from './geojson/read-geojson.ts'
import { readLabelMe } from './label-me/read-label-me.ts'
import { readBrush, writeBrush } from './label-studio/brush.ts'
import { readLabelStudio } from './label-studio/read-label-studio.ts'
import { drawMask } from './testing/sample.ts'
import { jsonFile, textFile } from './text/text.ts'
import { readVoc } from './voc/read-voc.ts'
import { readClassNames } from './yolo/data-yaml.ts'
import { readYolo } from './yolo/read-yolo.ts'

/** An annotation written as COCO's files are. */
const COCO = {
  images: [{ id: 289343, file_name: '000000289343.jpg', width: 640, height: 529 }],
  categories: [{ supercategory: 'animal', id: 18, name: 'dog' }],
  annotations: [
    {
      segmentation: [
        [
          510.66, 423.01, 511.72, 420.03, 510.45, 416.0, 510.34, 413.02, 510.77, 410.26, 510.77, 407.5, 510.34, 405.16,
          511.51, 402.83, 511.41, 400.49, 510.24, 398.16, 509.39, 397.31, 504.61, 399.22, 502.17, 399.64, 500.89,
          401.66, 500.47, 402.08, 499.09, 401.87, 495.79, 401.98, 490.59, 401.77, 488.79, 401.77, 485.39, 398.58, 483.9,
          397.31, 481.56, 396.35, 478.48, 395.93, 476.68, 396.03, 475.4, 396.77, 473.92, 398.79, 473.28, 399.96, 473.49,
          401.87, 474.56, 403.47, 473.07, 405.59, 473.39, 407.71, 476.68, 409.41, 479.23, 409.73, 481.56, 410.69, 480.4,
          411.85, 481.35, 414.93, 479.86, 418.65, 477.32, 420.03, 476.04, 422.58, 479.02, 422.58, 480.29, 423.01,
          483.79, 419.93, 486.66, 416.21, 490.06, 415.57, 492.18, 416.85, 491.65, 420.24, 492.82, 422.9, 493.56, 424.39,
          496.43, 424.6, 498.02, 423.01, 498.13, 421.31, 497.07, 420.03, 497.07, 415.15, 496.33, 414.51, 501.1, 411.96,
          502.06, 411.32, 503.02, 415.04, 503.33, 418.12, 501.1, 420.24, 498.98, 421.63, 500.47, 424.39, 505.03, 423.32,
          506.2, 421.31, 507.69, 419.5, 506.31, 423.32, 510.03, 423.01, 510.45, 423.01,
        ],
      ],
      area: 702.1057499999998,
      iscrowd: 0,
      image_id: 289343,
      bbox: [473.07, 395.93, 38.65, 28.67],
      category_id: 18,
      id: 1768,
    },
  ],
}

describe('files of other programs', () => {
  it('COCO: an outline covers about its area within its box; detection takes the box itself', () => {
    const files = [jsonFile('instances_val2017.json', COCO)]
    const masks = readCoco(files, { family: 'segmentation' })
    const rle = masks.dataset.images[0]?.masks[0]?.rle ?? ''
    expect(masks.problems).toEqual([])
    expect(Math.abs(rleArea(rle, [529, 640]) - 702.1)).toBeLessThan(15)
    expect(rleBounds(rle, [529, 640])).toEqual({ left: 473, top: 396, right: 512, bottom: 425 })
    const boxes = readCoco(files, { family: 'detection' })
    expect(boxes.dataset.images[0]?.boxes).toEqual([{ class: 0, box: [473.07, 395.93, 38.65, 28.67] }])
  })

  it('COCO: one bad annotation does not take the others along', () => {
    const bad = { ...COCO.annotations[0], image_id: 1 }
    const damaged = { image_id: 289343, category_id: 18, segmentation: { size: [529, 640], counts: [3, 4] } }
    const file = jsonFile('a.json', { ...COCO, annotations: [bad, damaged, 7, ...COCO.annotations] })
    const { dataset, problems } = readCoco([file])
    expect(dataset.images[0]?.masks).toHaveLength(1)
    expect(problems.map((problem) => problem.file)).toEqual([
      'a.json, annotations[0]',
      'a.json, annotations[1]',
      'a.json, annotations[2]',
    ])
  })

  it('CVAT: a mask written as it does', () => {
    const xml = `<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version><meta><task><labels><label><name>car</name></label></labels></task></meta>
<image id="0" name="filename000.jpg" width="1600" height="1200">
<mask label="car" source="manual" occluded="0" rle="3, 5, 7, 7, 5, 9, 3, 11, 2, 11, 2, 12, 1, 12, 1, 26, 1, 12, 1, 12, 2, 11, 3, 9, 5, 7, 7, 5, 3" left="707" top="888" width="13" height="15" z_order="0">
</mask>
<polyline label="car" points="1,1;2,2"/>
</image></annotations>`
    const { dataset, problems } = readCvat([textFile('annotations.xml', xml)])
    const rle = dataset.images[0]?.masks[0]?.rle ?? ''
    expect(rleBounds(rle, [1200, 1600])).toEqual({ left: 707, top: 888, right: 720, bottom: 903 })
    expect(rleArea(rle, [1200, 1600])).toBe(5 + 7 + 9 + 11 + 11 + 12 + 12 + 26 + 12 + 12 + 11 + 9 + 7 + 5)
    const firstRow = decodeRle(rle, [1200, 1600]).subarray(888 * 1600 + 707, 888 * 1600 + 720)
    expect([...firstRow]).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
    expect(problems).toMatchObject([{ reason: 'a shape of kind "polyline" is not read', line: 6 }])
  })

  it('Pascal VOC: corners counted as the challenge does', () => {
    const xml = `<annotation><folder>VOC2012</folder><filename>2007_000027.jpg</filename>
<size><width>486</width><height>500</height><depth>3</depth></size><segmented>0</segmented>
<object><name>person</name><pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult>
<bndbox><xmin>174</xmin><ymin>101</ymin><xmax>349</xmax><ymax>351</ymax></bndbox></object></annotation>`
    const files = [textFile('Annotations/2007_000027.xml', xml)]
    expect(readVoc(files, { corners: 'pixels' }).dataset.images[0]?.boxes).toEqual([
      { class: 0, box: [173, 100, 176, 251] },
    ])
    expect(readVoc(files).dataset.images[0]?.boxes).toEqual([{ class: 0, box: [174, 101, 175, 250] }])
  })

  it('YOLO: boxes and outlines by fractions of the image', () => {
    const files = [
      textFile('data.yaml', "path: ../datasets/coco8\nnames:\n  0: person # people\n  1: 'it''s'\n  27: tie\nnc: 80\n"),
      textFile('labels/train/zidane.txt', '0 0.5 0.5 0.25 0.5\n27 0.364844 0.795833 0.078125 0.400000\n\n99 0 0 1 1\n'),
    ]
    const known = [{ name: 'zidane.jpg', width: 1280, height: 720 }]
    const { dataset, problems } = readYolo(files, { known })
    expect(dataset.images[0]?.boxes.map((mark) => [dataset.classes[mark.class], mark.box])).toEqual([
      ['person', [480, 180, 320, 360]],
      ['tie', [417.00032, 428.99976, 100, 288]],
    ])
    expect(problems).toMatchObject([{ reason: 'class 99 has no name', file: 'labels/train/zidane.txt', line: 4 }])
    expect(readClassNames('names: [a, "b, c", \'d\'] # three')).toEqual(['a', 'b, c', 'd'])
    expect(readClassNames('nc: 2\nnames:\n- a b\n- "c"\n')).toEqual(['a b', 'c'])
  })

  it('Label Studio: a task written as it does', () => {
    const value = {
      height: 10.458911419423693,
      rectanglelabels: ['Moonwalker'],
      rotation: 0,
      width: 12.4,
      x: 50.8,
      y: 5.869797225186766,
    }
    const result = { from_name: 'tag', id: 'Dx_aB91ISN', to_name: 'img', type: 'rectanglelabels', value }
    const task = {
      id: 1,
      data: { image: 'https://example.com/opensource/label-studio/1.jpg' },
      annotations: [{ id: '1001', result: [result], was_cancelled: false }],
      predictions: [{ result: [result] }],
    }
    const known = [{ name: '1.jpg', width: 500, height: 937 }]
    const { dataset, problems } = readLabelStudio([jsonFile('export.json', [task])], { known })
    expect(dataset.images[0]?.boxes).toEqual([{ class: 0, box: [254, 55, 62, 98] }])
    expect(problems.map((problem) => problem.reason)).toEqual(['not taken: predictions'])
    const guesses = readLabelStudio([jsonFile('export.json', [task])], { known, content: 'guesses' })
    expect(guesses.dataset.images[0]?.boxes).toEqual([{ class: 0, box: [254, 55, 62, 98] }])
    expect(guesses.problems.map((problem) => problem.reason)).toEqual(['not taken: annotations'])
  })

  it('Label Studio: brush masks bit by bit, also with runs that do not repeat', () => {
    const head = '00000000000000000000000000001000' + '00111' + '0010001101111111'
    const written = `${head}${'1'}00011${'00000000'}${'1'}00011${'11111111'}`
    expect(writeBrush(Uint8Array.of(0, 1))).toEqual(toBytes(written))
    const loose = `${head}000011${'00000000'.repeat(4)}000011${'00000000'.repeat(3)}11111111`
    expect(readBrush(toBytes(loose), [1, 2])).toBe(drawMask(['.#']))
    expect(() => readBrush(toBytes(head), [1, 2])).toThrow('cut off')
    expect(() => readBrush(toBytes(written), [2, 2])).toThrow('another size')
  })

  it('LabelMe: rectangles by any two corners, groups as one mask', () => {
    const shape = (points: number[][], more: object) => ({ label: 'obj', text: '', points, flags: {}, ...more })
    const file = jsonFile('v1_122.json', {
      version: '0.3.3',
      flags: {},
      shapes: [
        shape(
          [
            [835.75, 1726.75],
            [0.25, 1.75],
          ],
          { shape_type: 'rectangle', group_id: null },
        ),
        shape(
          [
            [0, 0],
            [4, 0],
            [4, 4],
            [0, 4],
          ],
          { shape_type: 'polygon', group_id: 3 },
        ),
        shape(
          [
            [10, 0],
            [14, 0],
            [14, 4],
            [10, 4],
          ],
          { shape_type: 'polygon', group_id: 3 },
        ),
      ],
      imagePath: '..\\images\\v1_122.jpg',
      imageData: null,
      imageHeight: 3000,
      imageWidth: 3000,
    })
    const { dataset } = readLabelMe([file], { known: [{ name: 'v1_122.jpg', width: 3000, height: 3000 }] })
    expect(dataset.images[0]?.boxes).toEqual([{ class: 0, box: [0.25, 1.75, 835.5, 1725] }])
    expect(dataset.images[0]?.masks.map((mark) => rleArea(mark.rle, [3000, 3000]))).toEqual([32])
  })

  it('QuPath: a feature of its own, with a hole', () => {
    const square = (from: number, to: number) => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
      [from, from],
    ]
    const feature = {
      type: 'Feature',
      id: 'PathAnnotationObject',
      geometry: { type: 'Polygon', coordinates: [square(2, 12), square(4, 6)] },
      properties: { classification: { name: 'Tumor', colorRGB: -3670016 }, isLocked: false, measurements: [] },
    }
    const line = { ...feature, geometry: { type: 'LineString', coordinates: [] } }
    const known = [{ name: 'slide.png', width: 20, height: 20 }]
    const { dataset, problems } = readGeojson([jsonFile('slide.geojson', [feature, line])], { known })
    expect(rleArea(dataset.images[0]?.masks[0]?.rle ?? '', [20, 20])).toBe(96)
    expect(problems.map((problem) => problem.reason)).toEqual(['a geometry of type "LineString" is not read'])
  })
})

function toBytes(bits: string): number[] {
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2))
}
