import { look, type PixelAnswer, type PixelQuestion, type PixelSource } from './look.ts'
import { loadScene, type PixelScene } from './scene.ts'

/** Looks at the pixels of the image apart from the page, which goes on being drawn. */
export interface PixelRequest {
  number: number
  /** Tells scenes apart: the pixels of the last one are kept. */
  key: string
  scene: PixelScene
  question: PixelQuestion
}
export type PixelResponse = { number: number } & ({ answer: PixelAnswer } | { failure: string })

let opened: { key: string; source: Promise<PixelSource> } | null = null

addEventListener('message', async ({ data }: MessageEvent<PixelRequest>) => {
  const { number, key, scene, question } = data
  try {
    if (opened?.key !== key) opened = { key, source: loadScene(scene, new AbortController().signal) }
    const answer = look(await opened.source, question)
    postMessage({ number, answer } satisfies PixelResponse)
  } catch (error) {
    opened = null
    postMessage({ number, failure: String(error) } satisfies PixelResponse)
  }
})
