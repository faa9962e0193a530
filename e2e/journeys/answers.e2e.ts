import { startServer } from '@vesalius/bench/server-process'
import { type Image, routes } from '@vesalius/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask, findProject, listImages, readLabel } from '../lib/api.ts'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { drawPictures } from '../lib/pictures.ts'
import { PERSON, register, type Visitor, visit } from '../lib/visitor.ts'

const SOON = { timeout: 20_000 }

describe.skipIf(!chromiumPath)('answers of a person', () => {
  let visitor: Visitor
  let project: string
  let images: Image[]

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
    project = (await findProject(visitor, ({ taskType }) => taskType === 1003)).id
  })
  afterAll(() => visitor?.leave())

  const openImage = async (index: number) => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${project}/annotate?order=%22oldest%22&image=%22${images[index]?.id}%22`)
    await page.getByRole('heading', { name: images[index]?.name ?? '' }).waitFor()
    await page.getByText('All answers saved').waitFor()
  }
  const choose = async (key: string) => {
    const { page } = visitor
    await page.keyboard.press(key)
    await page.getByText('Changed, not submitted').waitFor()
  }
  const answer = async (key: string) => {
    const { page } = visitor
    await choose(key)
    await page.locator('aside button:not([disabled])', { hasText: 'Submit and next' }).waitFor()
    await page.keyboard.press('Enter')
  }
  const answerTo = async (index: number) => {
    const { data } = await readLabel(visitor, images[index]?.id ?? '')
    return (data as { value: number | null }).value
  }

  it('need images: a bad file is refused with its reason while the good ones beside it go in', async () => {
    const { page, server } = visitor
    await page.goto(`${server.url}/projects/${project}`)
    await page.getByText('Drop your images here').waitFor()
    const bad = {
      name: 'letter.png',
      mimeType: 'image/png',
      buffer: Buffer.from('Dear reader, this is no image at all.'),
    }
    await page.locator('input[type=file]').setInputFiles([...(await drawPictures(page, 8)), bad])
    await page.getByText('This is not an image.').waitFor()
    await page.getByText('8 images uploaded').waitFor()
    await page.locator('article').nth(7).waitFor()
    await takePicture(page, 'upload-refused')
    images = await listImages(visitor, project, 'order=oldest')
    expect(images).toHaveLength(8)
  })

  it('are taken back on the server when a submission is undone, and given again when redone', async () => {
    const { page } = visitor
    await openImage(0)
    await answer('2')
    await expect.poll(() => answerTo(0), SOON).toBe(1)
    await page.getByRole('heading', { name: images[1]?.name ?? '' }).waitFor()
    await page.keyboard.press('Control+z')
    await page.getByRole('heading', { name: images[0]?.name ?? '' }).waitFor()
    await expect.poll(() => answerTo(0), SOON).toBe(null)
    await page.getByText('Changed, not submitted').waitFor()
    expect((await ask<Image>(visitor, `/images/${images[0]?.id}`)).annotatedAt).toBe(null)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => answerTo(0), SOON).toBe(1)
    await page
      .getByText(/Annotated/)
      .first()
      .waitFor()
  })

  it('go back to the answer before when a correction is undone', async () => {
    const { page } = visitor
    await openImage(0)
    await answer('3')
    await expect.poll(() => answerTo(0), SOON).toBe(2)
    await page.keyboard.press('Control+z')
    await expect.poll(() => answerTo(0), SOON).toBe(1)
  })

  it.each([
    ['theirs', 2],
    ['mine', 0],
  ])('meet another person’s answer in a dialog, and keep %s', async (choice, expected) => {
    const { page, server } = visitor
    const index = expected === 2 ? 1 : 2
    await openImage(index)
    const { type, data } = await readLabel(visitor, images[index]?.id ?? '')
    // What comes before an answer is begun lies under it, and is no conflict.
    await choose('1')
    await page.request.put(`${server.url}/api/v1${routes.putLabel.path.replace(':imageId', images[index]?.id ?? '')}`, {
      data: { type, data: { ...data, value: 2, weight: [0, 0, 1] } },
    })
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: /somebody submitted another label meanwhile/ })
    await dialog.getByText('class 3').first().waitFor()
    await takePicture(page, 'conflict')
    if (choice === 'mine') {
      await dialog.getByRole('radio', { name: 'You' }).check()
      await dialog.getByRole('button', { name: 'Save this' }).click()
    } else await dialog.getByRole('button', { name: /^Drop mine/ }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => answerTo(index), SOON).toBe(expected)
  })

  it('are not left behind unasked', async () => {
    const { page } = visitor
    await openImage(3)
    await page.keyboard.press('1')
    await page.getByText('Changed, not submitted').waitFor()
    await page.getByRole('link', { name: 'Gallery' }).click()
    await page.getByRole('dialog').waitFor()
    await takePicture(page, 'leave')
    await page.getByRole('button', { name: 'Stay here' }).click()
    await page.getByText('Changed, not submitted').waitFor()
    await page.getByRole('link', { name: 'Gallery' }).click()
    await page.getByRole('button', { name: 'Leave without them' }).click()
    await page.locator('article').first().waitFor()
    expect(await answerTo(3)).toBe(null)
  })

  it('wait here while the server is away and are saved once it is back', async () => {
    const { page, server } = visitor
    // The label has to be here before the server is gone.
    const label = page.waitForResponse((answer) => answer.url().endsWith(`/images/${images[4]?.id}/label`))
    await openImage(4)
    await (await label).finished()
    const environment = { VESALIUS_PORT: new URL(server.url).port }
    await server.kill()
    await page.getByText('The server cannot be reached. Trying again…').waitFor()
    await answer('1')
    await page.getByText('1 answer is not saved yet').waitFor({ timeout: 30_000 })
    await takePicture(page, 'server-away')
    visitor.server = await startServer({ dataDirectory: server.dataDirectory, environment })
    await page.getByText('The server cannot be reached. Trying again…').waitFor({ state: 'detached', timeout: 60_000 })
    await page.getByRole('button', { name: 'Save again' }).click()
    await page.getByText('All answers saved').waitFor()
    expect(await answerTo(4)).toBe(0)
  })

  it('met no script error and nothing that the security policy forbids', () => {
    expect(visitor.crashes).toEqual([])
  })
})

describe.skipIf(!chromiumPath)('what goes wrong', () => {
  let visitor: Visitor

  beforeAll(async () => {
    visitor = await visit()
    await register(visitor)
  })
  afterAll(() => visitor?.leave())
  beforeEach(() => visitor.page.goto(visitor.server.url))

  it('tells what is missing before a training can start', async () => {
    const { page, server } = visitor
    const { id } = await findProject(visitor, ({ taskType }) => taskType === 1003)
    await page.goto(`${server.url}/projects/${id}/training`)
    await page.getByText('Not enough to learn from yet').waitFor()
    await page.getByText('class 1: nothing annotated yet').waitFor()
    await takePicture(page, 'training-too-early')
  })

  it('takes half-made samples away again', async () => {
    const { page } = visitor
    await page.route('**/images', (route) => route.fulfill({ status: 507, body: '{}' }))
    await page.getByRole('button', { name: 'Try the samples' }).click()
    await page.getByText('Nothing of them was kept.').waitFor({ timeout: 60_000 })
    await takePicture(page, 'samples-failed')
    await page.unroute('**/images')
    const { items } = await ask<{ items: { isDefault: boolean }[] }>(visitor, '/projects')
    expect(items.filter((project) => !project.isDefault)).toEqual([])
  })

  it('asks to sign in again when the session has ended, refuses a wrong password, and goes on where one was', async () => {
    const { page } = visitor
    const { id } = await findProject(visitor, ({ taskType }) => taskType === 1001)
    await page.goto(`${visitor.server.url}/projects/${id}`)
    await page.getByText('Drop your images here').waitFor()
    await page.context().clearCookies()
    await page.getByRole('link', { name: 'Training' }).click()
    await page.getByLabel('User name or email').fill(PERSON.username)
    await page.locator('input[type=password]').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('User name or password is wrong.').waitFor()
    await takePicture(page, 'sign-in-wrong')
    await page.locator('input[type=password]').fill(PERSON.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(new RegExp(`/projects/${id}`))
  })

  it('met no script error and nothing that the security policy forbids', () => {
    expect(visitor.crashes).toEqual([])
  })
})
