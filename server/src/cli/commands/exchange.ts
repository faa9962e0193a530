import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { type AnnotationImport, type Export, routes } from '@vesalius/contracts'
import { CallError, type Command, columns, OF_PROJECT, projectIdOf, waitFor } from '../command.ts'

export const exchangeCommands: readonly Command[] = [
  {
    name: 'exports create',
    summary: 'write annotations of a project into an archive, wait for it and fetch it',
    options: {
      ...OF_PROJECT,
      format: {
        type: 'string',
        help: 'archive, coco, yolo, voc, …: as the page of exports lists them',
        isRequired: true,
      },
      out: { type: 'string', help: 'file to write', isRequired: true },
      guesses: { type: 'boolean', help: 'what the model says instead of what people said' },
      images: { type: 'boolean', help: 'the image files too' },
    },
    run: async (call) => {
      const { format, guesses, images, out } = call.options
      const started = await call.api.call(routes.createExport, {
        params: { projectId: await projectIdOf(call) },
        body: {
          format: String(format) as never,
          content: guesses ? 'guesses' : 'annotations',
          images: images === true,
        },
      })
      const params = { exportId: started.id }
      const ended: Export = await waitFor(
        () => call.api.call(routes.getExport, { params }),
        ({ state }) => state !== 'pending' && state !== 'running',
      )
      if (ended.state !== 'succeeded') {
        return { json: ended, lines: [columns(ended.state, ended.problem?.message)], hasFailed: true }
      }
      await call.api.download(`/api/v1/exports/${ended.id}/file`, String(out))
      return { json: { ...ended, file: out }, lines: [String(out)] }
    },
  },
  {
    name: 'imports create',
    summary: 'bring in annotations for images that are there, by their names; nothing is written without --apply',
    takes: 'FILE…',
    options: {
      ...OF_PROJECT,
      format: { type: 'string', help: 'recognised from the files without it' },
      guesses: { type: 'boolean', help: 'as guesses of a model' },
      apply: { type: 'boolean', help: 'write them, instead of only telling what would be written' },
    },
    run: async (call) => {
      const form = new FormData()
      for (const path of call.args) {
        const file = await openAsBlob(path).catch(() => {
          throw new CallError(`${path} cannot be read.`)
        })
        form.append('file', file, basename(path))
      }
      const query = new URLSearchParams({ content: call.options.guesses ? 'guesses' : 'annotations' })
      if (call.options.format) query.set('format', String(call.options.format))
      const path = `/api/v1/projects/${await projectIdOf(call)}/annotation-imports?${query}`
      const started = (await (await call.api.send('POST', path, { body: form })).json()) as AnnotationImport
      const params = { importId: started.id }
      const settled = (busy: AnnotationImport['state']) =>
        waitFor(
          () => call.api.call(routes.getAnnotationImport, { params }),
          ({ state }) => state !== busy,
        )
      let now = await settled('reading')
      if (now.state === 'ready' && call.options.apply) {
        await call.api.call(routes.applyAnnotationImport, { params, body: now.choices })
        now = await settled('writing')
      }
      return {
        json: now,
        lines: [columns(now.id, now.state, now.problem?.message)],
        hasFailed: now.state === 'failed',
      }
    },
  },
]
