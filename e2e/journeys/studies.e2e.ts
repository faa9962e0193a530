import type { Image, LabelFile } from '@vesalius/contracts'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, findProject, listImages, readLabel } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { drawPictures } from '../lib/pictures.ts'
import { register, type Visitor, visit } from '../lib/visitor.ts'

const SOON = { timeout: 20_000 }

describe.skipIf(!chromiumPath)('two readers', () => {
  let visitor: Visitor
  let theirs: BrowserContext
  let reader: Page
  let readerId: string
  let review: string
  let projectId: string
  let images: Image[]

  const api = async (page: Page, method: string, path: string, data?: unknown) => {
    const response = await page.request.fetch(`${visitor.server.url}/api/v1${path}`, {
      method,
      ...(data === undefined ? {} : { data }),
    })
    if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${await response.text()}`)
    return response.json()
  }
  const answerIn = (label: LabelFile) => (label.data as { value: number | null }).value

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    const { page, server, browser } = visitor
    projectId = (await findProject(visitor, (candidate) => candidate.taskType === 1003)).id
    review = `${server.url}/projects/${projectId}/review`
    await page.goto(`${server.url}/projects/${projectId}`)
    await page.getByText('Drop your images here').waitFor()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(await drawPictures(page, 3))
    for (const name of ['disc-1.png', 'disc-2.png', 'disc-3.png']) await page.getByText(name).first().waitFor()
    images = await listImages(visitor, projectId, 'order=oldest')
    theirs = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    reader = await theirs.newPage()
    const person = { username: 'vesal', email: 'vesal@example.org', password: 'a long password' }
    readerId = (await api(reader, 'POST', '/auth/register', person)).user.id
  })
  afterAll(async () => {
    await theirs?.close()
    await visitor?.leave()
  })

  it('are asked for, and read blind by keys', async () => {
    const { page } = visitor
    await page.goto(`${review}/studies`)
    await page.getByText('Nobody reads twice yet').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Second look')
    await page.getByRole('combobox', { name: 'Readers' }).fill('ves')
    await page.getByRole('option', { name: 'vesal' }).click()
    await takePicture(page, 'new-study')
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Start the study' }).click()
    await page.getByText('0 of 3').waitFor()

    await reader.goto(`${review}/studies`)
    await reader.getByRole('link', { name: 'Read on' }).click()
    for (const [index, key] of ['1', '2', '2'].entries()) {
      await reader.getByRole('heading', { name: images[index]?.name ?? '' }).waitFor()
      await reader.locator('[role=radio]').first().waitFor()
      await reader.keyboard.press(key)
      await reader.keyboard.press('Enter')
    }
    await reader.getByText('All answers saved').waitFor()
    await page.getByText('3 of 3').waitFor()
    expect(answerIn(await readLabel(visitor, images[0]?.id ?? ''))).toBeNull()
  })

  it('are compared with the second one, and what they differ on is settled', async () => {
    const { page } = visitor
    const me = await ask<{ id: string }>(visitor, '/me')
    const study = { name: 'Both', readers: [me.id, readerId], images: { kind: 'all' } }
    const { id } = await api(page, 'POST', `/projects/${projectId}/studies`, study)
    const classes = ['class 1', 'class 2', 'class 3']
    const answer = (who: Page, index: number, value: number) =>
      api(who, 'PUT', `/images/${images[index]?.id}/label`, {
        type: 1003,
        data: { key: classes, weight: classes.map((_, at) => Number(at === value)), value },
      })
    await api(page, 'PATCH', `/studies/${(await api(page, 'GET', `/projects/${projectId}/studies`)).items[1].id}`, {
      state: 'closed',
    })
    for (const [index, [mine, yours]] of [
      [0, 0],
      [1, 1],
      [2, 1],
    ].entries()) {
      await answer(page, index, mine ?? 0)
      await answer(reader, index, yours ?? 0)
    }
    await page.goto(`${review}/studies`)
    await page.getByRole('button', { name: 'Finish my reading' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Finish my reading' }).click()
    await page.getByText('finished, 3 of 3').waitFor()
    await page.goto(`${review}/studies/${id}`)
    await page.getByText("Fleiss' kappa of all readers").waitFor()
    await page.getByRole('link', { name: /disc-3.png/ }).waitFor()
    await takePicture(page, 'agreement')
    expect(await findBarriers(page)).toEqual([])

    await page.getByRole('link', { name: /disc-3.png/ }).click()
    await page.getByRole('radio', { name: 'vesal' }).check()
    await page.getByLabel('Why so').fill('The rim decides')
    await takePicture(page, 'adjudicate')
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Make this the label', exact: true }).click()
    await page.getByText('settled').first().waitFor()
    await expect.poll(async () => answerIn(await readLabel(visitor, images[2]?.id ?? '')), SOON).toBe(1)
  })

  it('are scored on gold images', async () => {
    const { page, server } = visitor
    await page.goto(`${review}/gold`)
    await page.getByText('No gold images yet').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.goto(`${server.url}/projects/${projectId}?annotated=true`)
    await page.getByRole('button', { name: 'Actions for disc-3.png' }).click()
    await page.getByRole('menuitem', { name: 'Use as gold image' }).click()
    await page.getByText('disc-3.png is a gold image now').waitFor()
    await page.goto(`${review}/gold`)
    await page.getByText('100%').first().waitFor()
    await takePicture(page, 'gold')
    expect(await findBarriers(page)).toEqual([])
    expect(visitor.crashes).toEqual([])
  })
})
