import { chosenClass, type Image, type Project, type Study, type User, writeClassAnswer } from '@vesalius/contracts'
import { listImages } from './api.ts'
import type { Visitor } from './visitor.ts'

const SECOND = { username: 'vesal', email: 'vesal@example.org', password: 'a long password' }

/**
 * Two people have read the same images of a project of classes and agree on most of them; some images are gold. Answers
 * the addresses of what there is to look at.
 */
export async function prepareStudy(visitor: Visitor, project: Project) {
  const { page, server, browser } = visitor
  const root = `${server.url}/api/v1`
  const other = await browser.newContext()
  const send = async <Answer>(request: typeof page.request, method: string, path: string, data?: object) => {
    const response = await request.fetch(root + path, { method, ...(data ? { data } : {}) })
    if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${await response.text()}`)
    return (response.status() === 204 ? null : await response.json()) as Answer
  }
  const read = (request: typeof page.request, image: Image, value: number) =>
    send(request, 'PUT', `/images/${image.id}/label`, {
      type: project.taskType,
      data: writeClassAnswer(project.taskType, project.classes, chosenClass(project.classes.length, value)),
    })
  const { user } = await send<{ user: User }>(other.request, 'POST', '/auth/register', SECOND)
  const me = await send<User>(page.request, 'GET', '/me')
  const annotated = await listImages(visitor, project.id, 'annotated=true&order=name')
  for (const image of annotated.slice(0, 2)) await send(page.request, 'PUT', `/images/${image.id}/gold`)
  const [first] = annotated
  if (first) {
    await send(page.request, 'POST', `/images/${first.id}/editors`, { userId: user.id })
    await read(other.request, first, 0)
  }
  const images = (await listImages(visitor, project.id, 'annotated=false&order=name')).slice(-6)
  const start = (name: string) =>
    send<Study>(page.request, 'POST', `/projects/${project.id}/studies`, {
      ...{ name, isBlind: false, readers: [me.id, user.id] },
      images: { kind: 'chosen', imageIds: images.map(({ id }) => id) },
    })
  const study = await start('Two readers')
  for (const [index, image] of images.entries()) {
    await read(page.request, image, index % 3)
    await read(other.request, image, index === 1 ? 0 : index % 3)
  }
  await start('Just begun')
  await other.close()
  const review = `/projects/${project.id}/review`
  return { agreement: `${review}/studies/${study.id}`, adjudicate: `${review}/studies/${study.id}/${images[1]?.id}` }
}
