import type { ImageId } from '@vesalius/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../ids.ts'
import { leaveNote, openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'
import { sweepOrphans } from './sweep-orphans.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

it('removes the files of uploads that a kill cut off, and nothing else', async () => {
  const ann = await signUp(test.app, 'ann')
  const image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
  const keysOf = (id: string) => [`users/${image.ownerId}/${id}.png`, `users/${image.ownerId}/${id}.label`]
  const { storage } = test.context
  const isThere = (id: string) => Promise.all(keysOf(id).map(async (key) => (await storage.size(key)) !== null))
  const [cutOff, unnoted] = [newId<ImageId>(), newId<ImageId>()]
  for (const key of [...keysOf(cutOff), ...keysOf(unnoted)]) await storage.write(key, 'x')
  for (const imageId of [cutOff, image.id]) {
    await leaveNote(test.context, 'files', { imageId, keys: keysOf(imageId) })
  }
  expect(await sweepOrphans(test.context, Date.now())).toBe(1)
  expect(await isThere(cutOff)).toEqual([false, false])
  expect(await isThere(unnoted)).toEqual([true, true])
  expect(await isThere(image.id)).toEqual([true, true])
  expect(await storage.notes.count()).toBe(0)
})
