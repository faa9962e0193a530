import type { AnnotationImport, BoundingBox, Image } from '@vesalius/contracts'
import { expect } from 'vitest'
import { ask } from './api.ts'
import type { Visitor } from './visitor.ts'

/** What a model outside would say about an image. */
export interface Said {
  image: Pick<Image, 'name' | 'width' | 'height'>
  boxes?: { class: number; box: BoundingBox }[]
  /** `rle`: as in label files. */
  masks?: { class: number; rle: string }[]
}

const SCORE = 0.8

/** Guesses in COCO's writing. */
export function cocoOf(classes: readonly string[], said: readonly Said[]): string {
  const annotations = said.flatMap(({ image, boxes = [], masks = [] }, index) => [
    ...boxes.map((mark) => ({ image_id: index, category_id: mark.class, bbox: mark.box, score: SCORE })),
    ...masks.map((mark) => ({
      ...{ image_id: index, category_id: mark.class, score: SCORE },
      segmentation: { size: [image.height, image.width], counts: mark.rle },
    })),
  ])
  return JSON.stringify({
    images: said.map(({ image }, id) => ({ id, file_name: image.name, width: image.width, height: image.height })),
    categories: classes.map((name, id) => ({ id, name })),
    annotations,
  })
}

/** Brings a file of another program in as the model's guesses, as the settings page does. */
export async function importGuesses(visitor: Visitor, projectId: string, name: string, text: string): Promise<void> {
  const { page, server } = visitor
  const url = `${server.url}/api/v1`
  const sent = await page.request.post(`${url}/projects/${projectId}/annotation-imports?content=guesses`, {
    multipart: { file: { name, mimeType: 'text/plain', buffer: Buffer.from(text) } },
  })
  const { id, choices } = (await sent.json()) as AnnotationImport
  const reach = (state: AnnotationImport['state']) =>
    expect
      .poll(() => ask<AnnotationImport>(visitor, `/annotation-imports/${id}`), { timeout: 60_000, interval: 200 })
      .toMatchObject({ state, problem: null, report: { problems: [], unmatched: [] } })
  await reach('ready')
  await page.request.post(`${url}/annotation-imports/${id}/apply`, { data: choices })
  await reach('done')
}
