import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Image } from '@vesalius/contracts'
import { CELL_KINDS } from '@vesalius/imaging'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProject, listImages, listModels } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { waitForPictures } from '../lib/pictures.ts'
import { cutTrainings, register, type Visitor, visit } from '../lib/visitor.ts'

const CORRECTED = 6

describe.skipIf(!chromiumPath)('the first hour of a new user', () => {
  let visitor: Visitor
  let projectId: string
  let wrongBefore = 0

  beforeAll(async () => {
    visitor = await visit()
  })
  afterAll(() => visitor?.leave())

  it('begins with an account that is administrator', async () => {
    await register(visitor)
    await takePicture(visitor.page, 'home')
  })

  it('goes on with sample images and a model that is trained on the spot', async () => {
    const { page } = visitor
    // So that the first model leaves something to learn.
    await cutTrainings(page, [3, 18])
    await page.getByRole('button', { name: 'Try the samples' }).click()
    await page.waitForURL(/\/training/, { timeout: 60_000 })
    await page.getByText('What the model can do').waitFor({ timeout: 120_000 })
    await takePicture(page, 'training-first')
    projectId = (await findProject(visitor, (project) => !project.isDefault)).id
  })

  it('shows the first guesses for what nobody answered', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'Gallery' }).click()
    await expect.poll(() => countGuesses(1), { timeout: 30_000 }).toBe(24)
    await page.getByText(/%/).first().waitFor()
    await waitForPictures(page)
    await takePicture(page, 'gallery')
    wrongBefore = (await openSamples()).filter(isWrong).length
    expect(wrongBefore).toBeGreaterThan(0)
  })

  it('takes corrections into the label files', async () => {
    const { page, server } = visitor
    const before = countPersonLabels(server.dataDirectory)
    await page.goto(`${server.url}/projects/${projectId}/annotate?annotated=false&order=%22uncertain%22`)
    for (let index = 0; index < CORRECTED; index++) {
      await page.getByText(`${index + 1} / 24`).waitFor()
      const name = (await page.locator('aside h2').textContent()) ?? ''
      await page.getByText('All answers saved').waitFor()
      await page.locator('[role=radio][aria-checked=true]').waitFor()
      if (index === 0) await waitForPictures(page)
      if (index === 0) await takePicture(page, 'annotate')
      await page.keyboard.press(String(truthOf(name) + 1))
      await page.keyboard.press('Enter')
    }
    await expect.poll(() => countPersonLabels(server.dataDirectory), { timeout: 10_000 }).toBe(before + CORRECTED)
  })

  it('guesses the rest anew after a training on them, and no worse', async () => {
    const { page } = visitor
    // Whoever leaves while an answer is on its way is asked whether to.
    await page.getByText('All answers saved').waitFor()
    await page.getByRole('link', { name: 'Training' }).first().click()
    await page.waitForURL(/\/training$/)
    await page.getByRole('button', { name: 'Train now' }).click()
    // On so few held-out images the gate may leave the choice to a person.
    const waiting = page.getByRole('button', { name: 'Use model 2' })
    const rest = page.getByRole('button', { name: 'Guess the rest' })
    await page.getByText('Model 2').first().waitFor({ timeout: 120_000 })
    await waiting.or(rest).first().waitFor()
    await takePicture(page, 'training')
    await waiting.or(rest).first().click()
    await expect.poll(() => countGuesses(2), { timeout: 30_000 }).toBe(24 - CORRECTED)
    // How much better is chance with so few images and seconds; the tests of the engine say what a training is worth.
    expect((await openSamples()).filter(isWrong).length).toBeLessThanOrEqual(wrongBefore)
  })

  it('met no script error and nothing that the security policy forbids', () => {
    expect(visitor.crashes).toEqual([])
  })

  const openSamples = () => listImages(visitor, projectId, 'annotated=false')

  async function countGuesses(modelNumber: number): Promise<number> {
    const model = (await listModels(visitor, projectId)).find(({ number }) => number === modelNumber)
    return (await openSamples()).filter(({ guess }) => guess && guess.modelVersionId === model?.id).length
  }
})

/** The class a sample shows, by its number: the samples are drawn kind after kind. */
const truthOf = (name: string) => (Number(/\d+/.exec(name)?.[0]) - 1) % CELL_KINDS.length
const isWrong = (image: Image) => image.guess?.value !== truthOf(image.name)

function countPersonLabels(dataDirectory: string): number {
  const users = join(dataDirectory, 'users')
  return readdirSync(users)
    .flatMap((user) => readdirSync(join(users, user)).map((name) => join(users, user, name)))
    .filter((file) => file.endsWith('.label'))
    .filter((file) => JSON.parse(readFileSync(file, 'utf8')).meta.author.kind === 'person').length
}
